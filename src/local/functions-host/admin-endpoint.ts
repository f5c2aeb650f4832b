import { isRecord, parseJson } from '../../shared/json.ts';
import type { Clock } from '../../shared/time.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { RegisteredFunction } from './core-api.ts';
import { eventGridInput } from './event-grid-webhook.ts';
import type { InvocationInput } from './invocation.ts';
import { findTrigger } from './rpc.ts';
import type { HostAnswer } from './rpc-http.ts';
import { timerInput } from './timers.ts';

/** Starts a function by hand with the text of `input`. */
export type RunByHand = (functionName: string, input: string) => 'started' | 'unknown';

/**
 * `POST /admin/functions/{name}` with `{"input": …}`, as in Core Tools: answers 202 once the function has started and
 * logs its result. `input` is a string, or JSON that is passed on as text.
 */
export function answerAdmin(functionName: string, body: string, run: RunByHand): HostAnswer {
  const value = body.trim() === '' ? {} : parseJson(body);
  if (!isRecord(value)) {
    return { status: 400, body: 'The body must be a JSON object such as {"input": "…"}.' };
  }
  const { input = '' } = value;
  const started = run(functionName, typeof input === 'string' ? input : JSON.stringify(input));
  return { status: started === 'started' ? 202 : 404 };
}

/**
 * Runs any function by hand: a timer gets the current time as its schedule, an HTTP function a POST with the input as its
 * body, and every other trigger the input, parsed if it is JSON. Failures are logged.
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
      return eventGridInput(name, parsed === undefined ? input : parsed, {}, sys);
    }
  }
}
