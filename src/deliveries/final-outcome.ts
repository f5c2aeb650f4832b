import type { PushOutcome } from '../notification-hubs/push-outcome.ts';

/** Outcomes after which a push is never sent again. */
export type FinalOutcome = Extract<PushOutcome['kind'], 'accepted' | 'rejected' | 'expired'>;
