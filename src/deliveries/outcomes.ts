import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import { parseJson } from '../shared/json.ts';

/**
 * What the ledger keeps of one push to one device: the kind of its last outcome, or `untried`. Details of an outcome
 * (hub ids, texts) serve logs, not decisions, and are not kept. A `dropped` push is kept as `expired`.
 */
export type DeviceOutcome = Exclude<PushOutcome['kind'], 'dropped'> | 'untried';

/** Outcomes of the pushes of one event, by `deliveryKey`. */
export type Outcomes = ReadonlyMap<string, DeviceOutcome>;

/**
 * Every device outcome, ordered by what forgetting it costs: a forgotten `accepted` can double a push, a forgotten
 * `untried` costs nothing.
 */
const outcomeKinds = [
  'accepted',
  'rejected',
  'expired',
  'unknown',
  'misconfigured',
  'unavailable',
  'throttled',
  'untried',
] as const satisfies readonly DeviceOutcome[];

/**
 * Longest text {@link encodeOutcomes} makes, in UTF-16 code units. A cell of Azure Tables holds 64 KiB of UTF-16
 * ("Understanding the Table service data model").
 */
const maxLength = 32_000;

const encoded = z.record(z.string(), z.array(z.string()));

/** Outcomes after which a push is never sent again. */
type FinalOutcome = Extract<PushOutcome['kind'], 'accepted' | 'rejected' | 'expired'>;

/** What the ledger keeps of an outcome: a push that was dropped is as final as an expired one. */
export function ledgerOutcome({ kind }: PushOutcome): DeviceOutcome {
  return kind === 'dropped' ? 'expired' : kind;
}

/** Whether a push with this outcome must not be sent again. */
export function isFinalOutcome(outcome: DeviceOutcome): outcome is FinalOutcome {
  return outcome === 'accepted' || outcome === 'rejected' || outcome === 'expired';
}

/** Merges later outcomes into earlier ones. A final outcome never changes. */
export function mergeOutcomes(earlier: Outcomes, later: Outcomes): Outcomes {
  const merged = new Map(earlier);
  for (const [key, outcome] of later) {
    const before = merged.get(key);
    if (before === undefined || !isFinalOutcome(before)) merged.set(key, outcome);
  }
  return merged;
}

/** Outcomes as text for one table cell. */
interface EncodedOutcomes {
  /** JSON object: outcome kind to the keys that have it. At most 32,000 UTF-16 code units. */
  readonly text: string;
  /** False when some did not fit; those count as `unknown` from then on. */
  readonly complete: boolean;
}

/**
 * Encodes outcomes for one table cell, the most important ones first. About 1,600 keys of `deliveryKey` fit.
 *
 * @param foreign from `foreignOutcomes`: a push that is still `unknown` keeps the kind that another version gave it
 */
export function encodeOutcomes(
  outcomes: Outcomes,
  foreign: ReadonlyMap<string, string> = new Map(),
): EncodedOutcomes {
  const groups: string[] = [];
  let complete = true;
  let room = maxLength - '{}'.length;
  // In a fixed order, so that equal outcomes give equal text.
  const entries = [...outcomes]
    .map(([key, outcome]) => [key, (outcome === 'unknown' && foreign.get(key)) || outcome] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  for (const kind of [...outcomeKinds, ...new Set(foreign.values())]) {
    const keys: string[] = [];
    for (const [key, outcome] of entries) {
      if (outcome !== kind) continue;
      const text = JSON.stringify(key);
      // A comma goes with each key; the first one of a group also pays for the group's name, colon and brackets.
      const cost = text.length + 1 + (keys.length === 0 ? JSON.stringify(kind).length + '[]:'.length : 0);
      if (cost > room) {
        complete = false;
        continue;
      }
      room -= cost;
      keys.push(text);
    }
    if (keys.length > 0) groups.push(`${JSON.stringify(kind)}:[${keys.join(',')}]`);
  }
  return { text: `{${groups.join(',')}}`, complete };
}

/**
 * Decodes what `encodeOutcomes` wrote; undefined for anything else. Two versions of the relay share a ledger during a
 * deployment: a kind that this version does not know counts as `unknown`.
 */
export function decodeOutcomes(text: string): Outcomes | undefined {
  const parsed = encoded.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const outcomes = new Map<string, DeviceOutcome>();
  for (const [kind, keys] of Object.entries(parsed.data)) {
    for (const key of keys) outcomes.set(key, isKnownKind(kind) ? kind : 'unknown');
  }
  return outcomes;
}

/** Returns the kinds in an encoded text that this version does not know, by the key of the push. */
export function foreignOutcomes(text: string): ReadonlyMap<string, string> {
  const parsed = encoded.safeParse(parseJson(text));
  const groups = parsed.success ? Object.entries(parsed.data).filter(([kind]) => !isKnownKind(kind)) : [];
  return new Map(groups.flatMap(([kind, keys]) => keys.map((key) => [key, kind] as const)));
}

function isKnownKind(kind: string): kind is DeviceOutcome {
  return outcomeKinds.some((known) => known === kind);
}

/** Tells one push of an event from its other pushes. */
interface DeliveryTarget {
  readonly recipientId: string;
  readonly deviceId: string;
  /** Notification kind: one event can bring a device two notifications (`call-ended` and `missed-call`). */
  readonly kind: string;
}

/**
 * Names one push inside its event's ledger row: 16 characters, the same on every try. A hash keeps the ledger small
 * whatever ids the apps choose, and free of user ids.
 */
export function deliveryKey({ recipientId, deviceId, kind }: DeliveryTarget): string {
  const text = JSON.stringify([recipientId, deviceId, kind]);
  return hash('sha256', text, 'base64url').slice(0, 16);
}
