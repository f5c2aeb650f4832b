import { isRecord } from '../../../shared/json.ts';

/** A member of a JSON object, or of an object in it; undefined when there is none. */
export function member(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) found = isRecord(found) ? found[name] : undefined;
  return found;
}
