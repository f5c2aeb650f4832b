import { planLocalRun } from '../../../src/local/plan-local-run.ts';
import { registerSampleDevices } from '../../../src/local/sample-devices.ts';
import { type LocalStack, startLocalStack } from '../../../src/local/start-local-stack.ts';
import { buildApp } from '../build-app.ts';

/** A whole local stack with the inspector, on free ports. */
export interface InspectorStack extends LocalStack {
  /** Address of the page. */
  readonly pageUrl: string;
}

/** How the stack is sped up. */
export interface InspectorStackOptions {
  readonly ringSeconds: number;
  readonly pauseMs: number;
  readonly retryDelaysMs: readonly number[];
}

/** Builds the app and starts the {@link InspectorStack} with the sample devices, in this process. */
export async function startInspector(options: InspectorStackOptions): Promise<InspectorStack> {
  const app = buildApp();
  const stack = await startLocalStack({
    appRoot: app.root,
    plan: planLocalRun({ RING_SECONDS: String(options.ringSeconds) }, {}),
    port: 0,
    inspectorPort: 0,
    clock: Date.now,
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    strict: true,
    print: () => undefined,
    pauseMs: options.pauseMs,
    retryDelaysMs: options.retryDelaysMs,
  });
  await registerSampleDevices(stack.host.url);
  return {
    ...stack,
    pageUrl: `http://localhost:${stack.emulator?.port}/`,
    stop: async () => {
      await stack.stop();
      app.remove();
    },
  };
}
