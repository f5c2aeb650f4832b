import type { Clock } from '../../shared/time.ts';
import { parseJson } from '../parse-json.ts';
import type { RunByHand } from './admin-endpoint.ts';
import type { AppRuntime } from './app-runtime.ts';
import { eventGridInput } from './event-grid-input.ts';
import { findTrigger } from './find-trigger.ts';
import type { RegisteredFunction } from './function-store.ts';
import type { InvocationInput } from './invoke-function.ts';
import { timerInput } from './timers.ts';

/**
 * Runs any function by hand: a timer gets the schedule of now, an HTTP function a POST with the input as its body, and
 * every other trigger the input, as JSON if it is JSON. Failures are in the log.
 */
export function createRunByHand(runtime: AppRuntime, clock: Clock): RunByHand {
  return (functionName, input) => {
    const wanted = functionName.toLowerCase();
    const registered = runtime.functions.find(({ metadata }) => metadata.name.toLowerCase() === wanted);
    if (registered === undefined) return 'unknown';
    void runtime.invoke(registered, toInput(registered, input, clock())).catch(() => undefined);
    return 'started';
  };
}

function toInput({ metadata }: RegisteredFunction, input: string, nowMs: number): InvocationInput {
  const trigger = findTrigger(metadata);
  const name = trigger?.name ?? '';
  const plain = { triggerMetadata: {}, traceContext: {} };
  switch (trigger?.binding.type.toLowerCase()) {
    case 'timertrigger':
      return { ...plain, inputData: [{ name, data: timerInput(nowMs, nowMs, false) }] };
    case 'httptrigger': {
      const http = { method: 'POST', url: 'http://127.0.0.1/', body: { bytes: Buffer.from(input) } };
      return { ...plain, inputData: [{ name, data: { http } }] };
    }
    default: {
      const parsed = parseJson(input);
      const sys = { methodName: metadata.name, utcNow: new Date(nowMs).toISOString() };
      return eventGridInput(name, parsed.kind === 'json' ? parsed.value : input, {}, sys);
    }
  }
}
