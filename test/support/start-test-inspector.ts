import {
  createInspector,
  type Inspector,
  type InspectorOptions,
} from '../../src/local/inspector/server/create-inspector.ts';
import { readStream, type StreamReader } from './read-stream.ts';
import { startTestHost } from './start-test-host.ts';
import { startTestHub, type TestHub } from './start-test-hub.ts';

/** An inspector behind a hub emulator, beside the fixture app `app` as its host. */
export interface TestInspector {
  readonly inspector: Inspector;
  readonly hub: TestHub;
  readonly hostUrl: string;
  readonly post: (
    name: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  /** Opens the stream of server-sent events; it ends with the test. */
  readonly stream: (lastEventId?: string) => Promise<StreamReader>;
}

/** Starts a {@link TestInspector} with the clock at 2026-11-22T09:00:00Z. It ends with the test. */
export async function startTestInspector(
  app: string,
  options: Partial<InspectorOptions> = {},
): Promise<TestInspector> {
  const inspector = createInspector({
    clock: () => 1_795_338_000_000,
    startTimer: () => () => undefined,
    newId: () => 'run-1',
    pauseMs: 1000,
    retryDelaysMs: [10_000, 30_000],
    capacity: 100,
    ...options,
  });
  const hub = await startTestHub({ serve: inspector.serve });
  const host = await startTestHost(app, { observe: inspector.observe });
  inspector.connect({
    hub,
    hostUrl: host.url,
    openDeadLetters: () => {
      throw new Error('There is no storage here.');
    },
  });
  return {
    inspector,
    hub,
    hostUrl: host.url,
    post: (name, body, headers = {}) =>
      fetch(`${hub.url}/inspector/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    stream: (lastEventId) => readStream(`${hub.url}/inspector/api/stream`, lastEventId),
  };
}
