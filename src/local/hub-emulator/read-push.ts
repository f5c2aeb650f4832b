import * as z from 'zod';
import { parseJson } from '../parse-json.ts';
import { parseMultipart } from './parse-multipart.ts';
import type { ReceivedPush } from './received-push.ts';

/** The parts of a request that decide about a push. */
export interface PushRequest {
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly batch: boolean;
  readonly body: string;
}

/** The payload and the handles it is for, or why the hub would answer 400. */
export type ReadPushResult =
  | {
      readonly kind: 'push';
      readonly push: Pick<ReceivedPush, 'format' | 'deviceHandles' | 'body'>;
    }
  | { readonly kind: 'bad-request'; readonly detail: string };

const handlesSchema = z.array(z.string().min(1)).min(1).max(1000);
const bad = (detail: string): ReadPushResult => ({ kind: 'bad-request', detail });

/**
 * Checks a Direct Send or batch request as the hub does. Sources: "Direct send" and "Direct batch send" in the Azure
 * Notification Hubs REST reference.
 */
export function readPush({ headers, batch, body }: PushRequest): ReadPushResult {
  const format = headers['servicebusnotification-format']?.toLowerCase();
  if (format === undefined) return bad('The ServiceBusNotification-Format header is missing.');
  if (format !== 'apple' && format !== 'fcmv1') {
    return bad(
      `The ServiceBusNotification-Format "${format}" is not one that this emulator knows (apple, fcmv1).`,
    );
  }
  return batch ? readBatch(headers, format, body) : readSingle(headers, format, body);
}

function readSingle(
  headers: PushRequest['headers'],
  format: ReceivedPush['format'],
  body: string,
): ReadPushResult {
  const handle = headers['servicebusnotification-devicehandle'];
  if (handle === undefined || handle === '') {
    return bad('The ServiceBusNotification-DeviceHandle header is missing.');
  }
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    return bad('The Content-Type must be application/json;charset=utf-8.');
  }
  return readPayload(format, [handle], body);
}

function readBatch(
  headers: PushRequest['headers'],
  format: ReceivedPush['format'],
  body: string,
): ReadPushResult {
  const parts = parseMultipart(headers['content-type'] ?? '', body);
  if (parts === undefined) return bad('The Content-Type must be multipart/mixed with a boundary.');
  const devices = parseJson(parts.get('devices') ?? '');
  const handles = handlesSchema.safeParse(devices.kind === 'json' ? devices.value : undefined);
  if (!handles.success) return bad('The part "devices" must be a JSON array of 1 to 1,000 device handles.');
  const payload = parts.get('notification');
  return payload === undefined
    ? bad('The part "notification" is missing.')
    : readPayload(format, handles.data, payload);
}

function readPayload(
  format: ReceivedPush['format'],
  deviceHandles: readonly string[],
  body: string,
): ReadPushResult {
  const { kind } = parseJson(body);
  if (kind === 'broken') return bad('The supplied notification payload is invalid: it is not JSON.');
  return { kind: 'push', push: { format, deviceHandles, body } };
}
