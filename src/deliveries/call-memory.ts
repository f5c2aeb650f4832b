import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseJson } from '../shared/json.ts';
import type { TableRow, TableService } from '../storage/tables.ts';
import { dayTableName, dayTablePrefixes } from './day-tables.ts';

/** A user who was rung for a call. */
export interface RungUser {
  readonly recipientId: string;
  /** Every rung device, sorted. */
  readonly deviceIds: readonly string[];
  /** When the first of them was rung, epoch milliseconds. */
  readonly firstAtMs: number;
  /** Who called, for the notice of a missed call. */
  readonly callerId?: string;
  readonly callerName?: string;
}

/** What the relay remembers about one call. */
export interface RememberedCall {
  /** Sorted by user. */
  readonly rung: readonly RungUser[];
  /** Sorted by user. */
  readonly joined: readonly JoinedUser[];
  /** Present once the call is over: no later event may ring it. */
  readonly endedAtMs?: number;
}

/** A user who joined a call. */
interface JoinedUser {
  readonly userId: string;
  readonly firstAtMs: number;
}

/**
 * Remembers who was rung for which call, so that ringing can be stopped. Every write stands alone: writes in any order,
 * repeated, and from any number of writers give the same memory, and no write waits for a read.
 *
 * `atMs` is the writer's clock, not the event's time, and decides the day table. A fact is found for 23 hours and 55
 * minutes, also by a reader whose clock is up to 5 minutes behind the writer's.
 *
 * Every method throws a `RelayError` with the code `STORAGE_UNAVAILABLE` when storage fails.
 */
export interface CallMemory {
  readonly rememberRung: (callId: string, recipientId: string, ring: Ring) => Promise<void>;
  readonly markJoined: (callId: string, userId: string, atMs: number) => Promise<void>;
  readonly markEnded: (callId: string, atMs: number) => Promise<void>;
  /**
   * Makes one list request for each UTC day, at most two, side by side. An unknown call is empty.
   *
   * @param sinceMs facts written before this moment need not be found, which mostly leaves one request
   */
  readonly readCall: (callId: string, nowMs: number, sinceMs?: number) => Promise<RememberedCall>;
}

interface Ring {
  /** The writer's clock, epoch milliseconds. */
  readonly atMs: number;
  readonly deviceIds: readonly string[];
  readonly callerId?: string | undefined;
  readonly callerName?: string | undefined;
}

/** See {@link callFact}. */
export type CallFact = z.infer<typeof callFact>;

/** One fact about a call, as it is stored. */
const callFact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rung'),
    userId: z.string(),
    atMs: z.number(),
    deviceIds: z.array(z.string()),
    callerId: z.optional(z.string()),
    callerName: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('joined'), userId: z.string(), atMs: z.number() }),
  z.object({ kind: z.literal('ended'), atMs: z.number() }),
]);

// Together one day, which touches at most two UTC days: a read is never more than two requests.
const lookBackMs = (24 * 60 - 5) * 60_000;

const clockSkewMs = 5 * 60_000;

type RungFact = Extract<CallFact, { kind: 'rung' }>;

/** Folds a call's facts into one picture. Their order and repetitions make no difference. */
export function foldCallFacts(facts: readonly CallFact[]): RememberedCall {
  const rung = new Map<string, { readonly deviceIds: Set<string>; first: RungFact }>();
  const joined = new Map<string, number>();
  let endedAtMs: number | undefined;
  for (const fact of facts) {
    switch (fact.kind) {
      case 'rung': {
        const user = rung.get(fact.userId) ?? { deviceIds: new Set(), first: fact };
        for (const deviceId of fact.deviceIds) user.deviceIds.add(deviceId);
        user.first = earlier(user.first, fact);
        rung.set(fact.userId, user);
        break;
      }
      case 'joined':
        joined.set(fact.userId, Math.min(joined.get(fact.userId) ?? fact.atMs, fact.atMs));
        break;
      case 'ended':
        endedAtMs = Math.min(endedAtMs ?? fact.atMs, fact.atMs);
    }
  }
  return {
    rung: [...rung.entries()].sort(byKey).map(([recipientId, { deviceIds, first }]) => ({
      recipientId,
      deviceIds: [...deviceIds].sort(),
      firstAtMs: first.atMs,
      ...(first.callerId === undefined ? {} : { callerId: first.callerId }),
      ...(first.callerName === undefined ? {} : { callerName: first.callerName }),
    })),
    joined: [...joined.entries()].sort(byKey).map(([userId, firstAtMs]) => ({ userId, firstAtMs })),
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
  };
}

/**
 * Keeps the call memory in one table a day. A partition is one call, a row is one fact, and its key is the hash of the
 * fact: writing it again changes nothing, and two writers share a row only if they write the same.
 */
export function createCallMemory({ tables }: { readonly tables: TableService }): CallMemory {
  const remember = async (callId: string, fact: CallFact): Promise<void> => {
    const text = JSON.stringify(fact);
    const table = tables.table(dayTableName(dayTablePrefixes.calls, fact.atMs));
    await table.put(sha256(callId), `${fact.kind}-${sha256(text)}`, { fact: text });
  };

  return {
    rememberRung: (callId, recipientId, { atMs, deviceIds, callerId, callerName }) =>
      remember(callId, {
        kind: 'rung',
        userId: recipientId,
        atMs,
        deviceIds: [...deviceIds].sort(),
        callerId,
        callerName,
      }),
    markJoined: (callId, userId, atMs) => remember(callId, { kind: 'joined', userId, atMs }),
    markEnded: (callId, atMs) => remember(callId, { kind: 'ended', atMs }),
    async readCall(callId, nowMs, sinceMs = 0) {
      const firstMs = Math.max(nowMs - lookBackMs, Math.min(sinceMs, nowMs) - clockSkewMs);
      const names = new Set(
        [firstMs, nowMs + clockSkewMs].map((ms) => dayTableName(dayTablePrefixes.calls, ms)),
      );
      const partition = sha256(callId);
      const rows = await Promise.all([...names].map((name) => tables.table(name).list(partition)));
      return foldCallFacts(rows.flat().flatMap(readFact));
    },
  };
}

// Two rings of the same moment are ordered by their text, so that the order of reading makes no difference.
function earlier(one: RungFact, other: RungFact): RungFact {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs ? one : other;
  return JSON.stringify(one) < JSON.stringify(other) ? one : other;
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

// Two versions share the memory during a deployment: a row that this version cannot read is not its business, and must
// not keep it from the facts that it knows.
function readFact({ cells }: TableRow): readonly CallFact[] {
  const parsed = callFact.safeParse(parseJson(String(cells['fact'])));
  return parsed.success ? [parsed.data] : [];
}
