import { isRecord } from '../../../../shared/json.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The parts of an FCM v1 payload, each an empty object where it is missing or no object. */
export interface FcmMessage {
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

const objectIn = (value: unknown, name: string): JsonObject => {
  const found = isRecord(value) ? value[name] : undefined;
  return isRecord(found) ? found : {};
};
