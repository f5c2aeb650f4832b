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
  /** The claim that wrote it; absent when its owner got no answer and does not know that it has the event. */
  readonly by?: ModelClaim;
}

export interface ModelClaim {
  readonly event: number;
  /** The claim's last write that its owner knows of. */
  write: number;
  readonly known: ModelRow['known'];
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
  const { attempt, known, others } = row;
  if (fault === 'answer-lost') {
    store(model, event, row);
    return { kind: 'error' };
  }
  const claim: ModelClaim = { event, write: 0, known, crashed: false };
  claim.write = store(model, event, { ...row, by: claim }).write;
  model.claims.push(claim);
  return { kind: 'claimed', attempt, outcomes: known, unlisted: others };
}

/** @param isHeard false when the owner does not note what it is told, and goes on with the claim that it had */
export function modelRenew(
  model: Model,
  claim: ModelClaim,
  leaseMs: number,
  isHeard: boolean,
  fault: Fault | undefined,
): ModelAnswer {
  const write = modelWrite(model, claim, { state: 'leased', freeAtMs: model.nowMs + leaseMs }, fault);
  if (write.kind === 'done' && isHeard) claim.write = write.row.write;
  return { kind: write.kind === 'done' ? 'renewed' : write.kind };
}

export function modelSettle(
  model: Model,
  claim: ModelClaim,
  outcomes: Readonly<Record<string, DeviceOutcome>>,
  final: boolean,
  fault: Fault | undefined,
): ModelAnswer {
  const known = { ...claim.known };
  for (const [key, outcome] of Object.entries(outcomes)) {
    if (!done.includes(known[key] ?? 'untried')) known[key] = outcome;
  }
  const state = final ? 'settled' : 'released';
  const write = modelWrite(model, claim, { state, freeAtMs: model.nowMs, known }, fault);
  return { kind: write.kind === 'done' ? 'settled' : write.kind };
}

type ModelWrite =
  | { readonly kind: 'done'; readonly row: ModelRow }
  | { readonly kind: 'lost' }
  | { readonly kind: 'error' };

function modelWrite(
  model: Model,
  claim: ModelClaim,
  change: Partial<ModelRow>,
  fault: Fault | undefined,
): ModelWrite {
  const row = model.rows.get(claim.event);
  const isNews = row?.write !== claim.write;
  // A version that the owner does not know costs a write that does nothing.
  const faultAt = (n: number) =>
    fault?.atWrite === n && fault.kind !== 'sdk-repeats' ? fault.kind : undefined;
  if (isNews && faultAt(0) !== undefined) return { kind: 'error' };
  if (row?.by !== claim) return { kind: 'lost' };
  if (isNews && isSaidBefore(row, change)) return { kind: 'done', row };
  if (row.state !== 'leased') return { kind: 'lost' };
  const kind = faultAt(isNews ? 1 : 0);
  if (kind === 'fails') return { kind: 'error' };
  const written = store(model, claim.event, { ...row, ...change });
  return kind === 'answer-lost' ? { kind: 'error' } : { kind: 'done', row: written };
}

// Saying the same again, after an answer that was lost, is no loss.
function isSaidBefore(row: ModelRow, change: Partial<ModelRow>): boolean {
  const said = Object.entries(change);
  return said.every(([name, value]) => isDeepStrictEqual(Object(row)[name], value));
}

function store(model: Model, event: number, row: Omit<ModelRow, 'write'>): ModelRow {
  model.writes += 1;
  const written = { ...row, write: model.writes };
  model.rows.set(event, written);
  return written;
}
