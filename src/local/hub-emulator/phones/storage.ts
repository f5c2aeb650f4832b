import { isRecord } from '../../../shared/json.ts';
import { packageCollapseKey } from './phone.ts';

/** How a push service would keep a push for a phone that is offline. */
export interface Storage {
  /** False: it is delivered now or never. */
  readonly stored: boolean;
  readonly expiresAtMs: number;
  readonly collapseId?: string;
}

const thirtyDaysMs = 30 * 86_400_000;

/**
 * How APNs keeps a notification for an offline phone: until `apns-expiration`, 30 days at most and by default; not at
 * all when it is 0. Source: "Sending notification requests to APNs".
 */
export function readApnsStorage(headers: Readonly<Record<string, string>>, nowMs: number): Storage {
  const expiration = headers['apns-expiration'];
  const seconds = expiration !== undefined && /^\d+$/.test(expiration) ? Number(expiration) : undefined;
  const collapseId = headers['apns-collapse-id'];
  return {
    stored: seconds !== 0,
    expiresAtMs: Math.min(seconds === undefined ? Infinity : seconds * 1000, nowMs + thirtyDaysMs),
    ...(collapseId === undefined ? {} : { collapseId }),
  };
}

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

/** A JSON object. */
type JsonObject = Readonly<Record<string, unknown>>;

/** The parts of an FCM v1 payload, each an empty object where it is missing or no object. */
interface FcmMessage {
  readonly message: JsonObject;
  readonly android: JsonObject;
  /** Of any type; undefined where there is none. */
  readonly collapseKey: unknown;
}

/** Reads a payload of any shape. */
export function readFcmMessage(payload: unknown): FcmMessage {
  const message = objectIn(payload, 'message');
  const android = objectIn(message, 'android');
  // Google's APIs take field names in camel case too.
  return { message, android, collapseKey: android['collapse_key'] ?? android['collapseKey'] };
}

function objectIn(value: unknown, name: string): JsonObject {
  const found = isRecord(value) ? value[name] : undefined;
  return isRecord(found) ? found : {};
}
