import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../../../shared/json.ts';
import type { Clock } from '../../../shared/time.ts';
import type { DeliveryObserver } from '../../functions-host/answer-request.ts';
import type { StartTimer } from '../../functions-host/timers.ts';
import { readBody } from '../../http-server.ts';
import type { InspectorState } from '../shared/inspector-state.ts';
import { createDeviceEditor } from './device-editor.ts';
import { createEventGrid, raiseScenario } from './event-grid.ts';
import { type InspectorAction, inspectorActions } from './inspector-actions.ts';
import { createJournal, type Journal } from './journal.ts';
import { observeDeliveries, observeHub } from './observers.ts';
import { isTrustedRequest, loadPageFiles, type PageFile, securityHeaders } from './page-server.ts';
import { createStateFeed, type InspectorParts, readState } from './state-feed.ts';
import { streamEvents } from './stream-events.ts';

/** The inspector of a local stack. The hub emulator serves it. */
export interface Inspector {
  readonly journal: Journal;
  /** For the hub emulator: answers requests for the inspector and returns whether it did. */
  readonly serve: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** For the Functions host. */
  readonly observe: DeliveryObserver;
  /** Connects the running parts. Until then the page has no state and no actions. */
  readonly connect: (parts: InspectorParts) => void;
  /** Cancels pending deliveries. */
  readonly stop: () => void;
}

export interface InspectorOptions {
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly newId: () => string;
  /** Time between two steps of a scenario, milliseconds. */
  readonly pauseMs: number;
  /** Delay of the local Event Grid before each redelivery, milliseconds. */
  readonly retryDelaysMs: readonly number[];
  /** Number of journal entries to keep. */
  readonly capacity: number;
}

/** Limit of an action's body. */
const maxBodyBytes = 16_384;

/** Creates an {@link Inspector}. Starts nothing until `connect`. */
export function createInspector(options: InspectorOptions): Inspector {
  const { clock } = options;
  const journal = createJournal(options.capacity, clock);
  const runId = options.newId().replaceAll('-', '');
  const ends: (() => void)[] = [];
  const offline = new Set<string>();
  let files: ReadonlyMap<string, PageFile> | undefined;
  let actions: Readonly<Record<string, InspectorAction>> = {};
  let read = (): Promise<InspectorState> => Promise.reject(new Error('The local stack is not ready yet.'));
  const state = createStateFeed(() => read());

  const connect = (parts: InspectorParts) => {
    const editor = createDeviceEditor(parts.hostUrl);
    const eventGrid = createEventGrid({ ...options, hostUrl: parts.hostUrl, journal });
    read = () => readState(parts, editor, offline);
    actions = inspectorActions({
      hub: parts.hub,
      editor,
      journal,
      offline,
      raise: (scenario, envelope) => {
        ends.push(raiseScenario({ ...options, eventGrid }, scenario, envelope));
      },
    });
    ends.push(
      eventGrid.stop,
      observeHub(parts.hub, journal),
      parts.hub.faults.subscribe(state.changed),
      parts.hub.phones.subscribe(state.changed),
      journal.subscribe(({ kind }) => {
        if (kind === 'answer') state.changed();
      }),
    );
    state.changed();
  };

  const post = async (name: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, maxBodyBytes);
    const parsed = parseJson(body?.toString() ?? '');
    const act = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (act === undefined) return send(response, 404, 'Unknown action.');
    if (parsed === undefined) return send(response, 400, 'The body is not JSON.');
    const { status, message = '' } = await act(parsed);
    state.changed();
    await state.settled();
    send(response, status, message);
  };

  return {
    journal,
    observe: observeDeliveries(journal),
    connect,
    stop: () => {
      for (const end of ends.splice(0)) end();
    },
    serve: (request, response) => {
      const [pathname = '/'] = (request.url ?? '/').split('?');
      if (pathname !== '/' && !pathname.startsWith('/inspector/')) return false;
      if (!isTrustedRequest(request)) {
        send(response, 403, 'The inspector accepts requests only from its own page on this machine.');
      } else if (request.method === 'POST') {
        const name = /^\/inspector\/api\/([a-z-]+)$/.exec(pathname)?.[1] ?? '';
        post(name, request, response).catch(() => response.destroy());
      } else if (pathname === '/inspector/api/stream') {
        streamEvents({ journal, state, runId, clock }, request, response);
      } else {
        files ??= loadPageFiles();
        const file = files.get(pathname);
        if (file === undefined) send(response, 404, 'Unknown path.');
        else send(response, 200, file.text, file.contentType);
      }
      return true;
    },
  };
}

type LocalInspectorOptions = Pick<InspectorOptions, 'clock' | 'startTimer'> & {
  /** Default 4,000. */
  readonly pauseMs?: number;
  /** Default: those of Event Grid. */
  readonly retryDelaysMs?: readonly number[];
};

/** Source: "Event Grid message delivery and retry" (10 seconds, 30 seconds, 1 minute, 5 minutes). */
const eventGridDelaysMs = [10_000, 30_000, 60_000, 300_000];

/** The inspector of `npm start`. */
export function createLocalInspector(options: LocalInspectorOptions): Inspector {
  const { clock, startTimer, pauseMs = 4000, retryDelaysMs = eventGridDelaysMs } = options;
  return createInspector({ clock, startTimer, newId: randomUUID, pauseMs, retryDelaysMs, capacity: 3000 });
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': contentType });
  response.end(text);
}
