import { isRecord } from '../../shared/json.ts';
import { parseJson } from '../parse-json.ts';
import type { HostAnswer } from './host-answer.ts';

/** Starts a function by hand with the text of `input`; undefined when there is no function of that name. */
export type RunByHand = (functionName: string, input: string) => 'started' | 'unknown';

/**
 * `POST /admin/functions/{name}` with `{"input": …}`, as Core Tools have it: answers 202 as soon as the function is
 * started; what becomes of it is in the log. `input` is a text, or JSON as it is.
 */
export function answerAdmin(functionName: string, body: string, run: RunByHand): HostAnswer {
  const parsed = body.trim() === '' ? { kind: 'json', value: {} } : parseJson(body);
  if (!('value' in parsed) || !isRecord(parsed.value)) {
    return { status: 400, body: 'The body must be a JSON object such as {"input": "…"}.' };
  }
  const { input = '' } = parsed.value;
  const started = run(functionName, typeof input === 'string' ? input : JSON.stringify(input));
  return { status: started === 'started' ? 202 : 404 };
}
