import { isRecord } from '../../../is-record.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The parts of an FCM v1 payload, each an empty object where it is missing or no object. */
export interface FcmMessage {
  readonly message: JsonObject;
  readonly android: JsonObject;
}

/** Reads a payload of any shape. Field names may be in snake case or camel case, as in every Google API. */
export function readFcmMessage(payload: unknown): FcmMessage {
  const message = objectIn(payload, 'message');
  return { message, android: objectIn(message, 'android') };
}

const objectIn = (value: unknown, name: string): JsonObject => {
  const found = isRecord(value) ? value[name] : undefined;
  return isRecord(found) ? found : {};
};
