import type { Delivery } from './delivery.ts';
import type { SkippedReason } from './event-report.ts';

/** Whom an event concerns, after asking storage. */
export type Gathered =
  | { readonly kind: 'deliveries'; readonly deliveries: readonly Delivery[] }
  | { readonly kind: 'nobody'; readonly reason: SkippedReason };
