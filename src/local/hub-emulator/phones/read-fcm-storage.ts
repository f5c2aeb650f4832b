import { readFcmMessage } from '../conformance/push/read-fcm-message.ts';
import { packageCollapseKey } from './phone.ts';
import type { Storage } from './storage.ts';

const fourWeeksSeconds = 2_419_200;

/**
 * How FCM keeps a message for an offline phone: for its `ttl`, four weeks by default; under its collapse key, which a
 * notification has always. Sources: "REST Resource: projects.messages"; "Non-collapsible and collapsible messages".
 */
export function readFcmStorage(payload: unknown, nowMs: number): Storage {
  const { message, android, collapseKey } = readFcmMessage(payload);
  const { ttl } = android;
  // FCM rounds down to the second.
  const given =
    typeof ttl === 'string' && /^\d+(\.\d+)?s$/.test(ttl) ? Math.floor(Number(ttl.slice(0, -1))) : undefined;
  const seconds = given ?? fourWeeksSeconds;
  const named = typeof collapseKey === 'string' && collapseKey !== '' ? collapseKey : undefined;
  const collapseId = named ?? ('notification' in message ? packageCollapseKey : undefined);
  return {
    stored: seconds > 0,
    expiresAtMs: nowMs + Math.min(seconds, fourWeeksSeconds) * 1000,
    ...(collapseId === undefined ? {} : { collapseId }),
  };
}
