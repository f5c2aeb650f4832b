/**
 * Why an event was put aside: `poison` (not an event, or unusable), `payload-changed` (the identity of an earlier event
 * with another payload), `rejected` (the hub or the push service refused a push for good), `retries-ended` (its time or
 * its tries ran out).
 */
export const deadLetterReasons = ['poison', 'payload-changed', 'rejected', 'retries-ended'] as const;
