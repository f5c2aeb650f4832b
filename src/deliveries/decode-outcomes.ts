import * as z from 'zod/mini';
import { parseJson } from '../shared/json.ts';
import type { DeviceOutcome } from './device-outcome.ts';
import { outcomeKinds } from './outcome-kinds.ts';
import type { Outcomes } from './outcomes.ts';

const encoded = z.partialRecord(z.enum(outcomeKinds), z.array(z.string()));

/** Reads what `encodeOutcomes` wrote; undefined when it is something else. */
export function decodeOutcomes(text: string): Outcomes | undefined {
  const parsed = encoded.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const outcomes = new Map<string, DeviceOutcome>();
  for (const kind of outcomeKinds) {
    for (const key of parsed.data[kind] ?? []) outcomes.set(key, kind);
  }
  return outcomes;
}
