import type { MappingOptions } from '../notifications/mapping-options.ts';
import type { CallNotification } from '../notifications/notification.ts';

/** The notice of a missed call, in place of a ring that came too late or was never answered. */
export function missedCall(ring: CallNotification, { chatTtlMs }: MappingOptions): CallNotification {
  const { callPayload, ...call } = ring;
  return { ...call, kind: 'missed-call', expiresAtMs: ring.sentAtMs + chatTtlMs };
}
