import type { PushOutcome } from '../notification-hubs/push-outcome.ts';

/**
 * What the ledger remembers of one push to one device: the kind of its last outcome, or `untried`. Details of an
 * outcome (hub ids, texts) serve logs, not decisions, and are not kept.
 */
export type DeviceOutcome = PushOutcome['kind'] | 'untried';
