import { isDeepStrictEqual } from 'node:util';
import type { DeviceOutcome } from '../../../../src/deliveries/outcomes.ts';

/**
 * The ledger as plain as it can be said: one map, no storage, no versions but a counter. Written from the promise, and
 * shares no code with the ledger.
 */
export interface Model {
  nowMs: number;
  readonly rows: Map<number, ModelRow>;
  readonly claims: ModelClaim[];
  writes: number;
}

export interface ModelRow {
  readonly write: number;
  readonly state: 'leased' | 'released' | 'settled';
  readonly freeAtMs: number;
  readonly attempt: number;
  readonly hash: string;
  readonly known: Readonly<Record<string, DeviceOutcome>>;
  readonly others: 'untried' | 'unknown';
  /** The claim that settled or released it. */
  readonly endedBy?: ModelClaim;
}

export interface ModelClaim {
  readonly event: number;
  /** The write that gave the claim. */
  readonly write: number;
  readonly row: ModelRow;
  crashed: boolean;
}

/** What goes wrong at the n-th write of a command; see `createFaultyTables`. */
export interface Fault {
  readonly atWrite: number;
  readonly kind: 'fails' | 'answer-lost' | 'sdk-repeats';
}

export type ModelAnswer = { readonly kind: string; readonly [detail: string]: unknown };

export interface ModelAsk {
  readonly event: number;
  readonly hash: string;
  readonly leaseMs: number;
  readonly redrive: boolean;
  readonly fault: Fault | undefined;
}

export function newModel(nowMs: number): Model {
  return { nowMs, rows: new Map(), claims: [], writes: 0 };
}

const done = ['accepted', 'rejected', 'expired'];

export function modelClaim(model: Model, ask: ModelAsk): ModelAnswer {
  const row = model.rows.get(ask.event);
  const faultAt = (n: number): Fault['kind'] | undefined =>
    ask.fault?.atWrite === n ? ask.fault.kind : undefined;
  const fresh = { state: 'leased', freeAtMs: model.nowMs + ask.leaseMs, hash: ask.hash } as const;
  if (row === undefined) {
    return begin(model, ask.event, { ...fresh, attempt: 1, known: {}, others: 'untried' }, faultAt(0));
  }
  if (faultAt(0) === 'fails' || faultAt(0) === 'answer-lost') return { kind: 'error' };
  if (row.hash !== ask.hash) return { kind: 'payload-changed' };
  const next = { ...fresh, attempt: row.attempt + 1 };
  const known = Object.entries(row.known);
  if (row.state === 'settled') {
    const delivered = known.length > 0 && known.every(([, outcome]) => outcome === 'accepted');
    if (!ask.redrive || delivered) return { kind: 'settled', outcomes: row.known };
    const kept = known.filter(([, outcome]) => outcome !== 'rejected' && outcome !== 'expired');
    return begin(
      model,
      ask.event,
      { ...next, known: Object.fromEntries(kept), others: row.others },
      faultAt(1),
    );
  }
  if (row.state === 'released') {
    return begin(model, ask.event, { ...next, known: row.known, others: row.others }, faultAt(1));
  }
  if (row.freeAtMs > model.nowMs) return { kind: 'busy', leaseUntilMs: row.freeAtMs };
  const guessed = known.map(([key, outcome]) => [key, done.includes(outcome) ? outcome : 'unknown'] as const);
  return begin(
    model,
    ask.event,
    { ...next, known: Object.fromEntries(guessed), others: 'unknown' },
    faultAt(1),
  );
}

function begin(
  model: Model,
  event: number,
  row: Omit<ModelRow, 'write'>,
  fault: Fault['kind'] | undefined,
): ModelAnswer {
  if (fault === 'fails') return { kind: 'error' };
  const written = store(model, event, row);
  if (fault === 'answer-lost') return { kind: 'error' };
  model.claims.push({ event, write: written.write, row: written, crashed: false });
  const { attempt, known, others } = written;
  return { kind: 'claimed', attempt, outcomes: known, unlisted: others };
}

export function modelSettle(
  model: Model,
  claim: ModelClaim,
  outcomes: Readonly<Record<string, DeviceOutcome>>,
  final: boolean,
  fault: Fault | undefined,
): ModelAnswer {
  if (fault?.atWrite === 0 && fault.kind === 'fails') return { kind: 'error' };
  const known = { ...claim.row.known };
  for (const [key, outcome] of Object.entries(outcomes)) {
    if (!done.includes(known[key] ?? 'untried')) known[key] = outcome;
  }
  const row = model.rows.get(claim.event);
  const answerLost = fault?.atWrite === 0 && fault.kind === 'answer-lost';
  const state = final ? 'settled' : 'released';
  if (row?.write !== claim.write) {
    if (answerLost) return { kind: 'error' };
    // Saying the same again, after an answer that was lost, is no loss.
    const saidBefore =
      row?.endedBy === claim &&
      row.state === state &&
      row.freeAtMs === model.nowMs &&
      isDeepStrictEqual(row.known, known);
    return { kind: saidBefore ? 'settled' : 'lost' };
  }
  store(model, claim.event, { ...claim.row, state, freeAtMs: model.nowMs, known, endedBy: claim });
  return { kind: answerLost ? 'error' : 'settled' };
}

function store(model: Model, event: number, row: Omit<ModelRow, 'write'>): ModelRow {
  model.writes += 1;
  const written = { ...row, write: model.writes };
  model.rows.set(event, written);
  return written;
}
