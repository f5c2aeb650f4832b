import { isRecord } from '../../../shared/json.ts';
import { dayMs } from '../../../shared/time.ts';
import { packageCollapseKey } from './phone.ts';

/** How a push service stores a push for an offline phone. */
export interface Storage {
  /** False: delivered now or never. */
  readonly stored: boolean;
  readonly expiresAtMs: number;
  readonly collapseId?: string;
}

const thirtyDaysMs = 30 * dayMs;

/**
 * How APNs stores a notification for an offline phone: until `apns-expiration`, at most 30 days and by default; not at all
 * when it is 0. Source: "Sending notification requests to APNs".
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
 * How FCM stores a message for an offline phone: for its `ttl`, by default four weeks, and under its collapse key, which
 * every notification has. Sources: "REST Resource: projects.messages"; "Non-collapsible and collapsible messages".
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

type JsonObject = Readonly<Record<string, unknown>>;

/** The parts of an FCM v1 payload; a missing or malformed object is empty. */
interface FcmMessage {
  readonly message: JsonObject;
  readonly android: JsonObject;
  /** Of any type; undefined when absent. */
  readonly collapseKey: unknown;
}

/** Reads a payload of any shape. */
export function readFcmMessage(payload: unknown): FcmMessage {
  const message = objectIn(payload, 'message');
  const android = objectIn(message, 'android');
  // Google's APIs also accept camel case.
  return { message, android, collapseKey: android['collapse_key'] ?? android['collapseKey'] };
}

function objectIn(value: unknown, name: string): JsonObject {
  const found = isRecord(value) ? value[name] : undefined;
  return isRecord(found) ? found : {};
}
