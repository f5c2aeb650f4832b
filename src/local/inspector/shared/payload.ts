import { isRecord, omitUndefined, parseJson } from '../../../shared/json.ts';
import type { PushRecord } from './journal-record.ts';

/** How the platform treats a push. */
export type PushStyle = 'voip' | 'alert' | 'background' | 'notification' | 'data';

/** The fields of the `acs` object that the inspector needs. */
export interface AcsContract {
  readonly kind: string;
  readonly id?: string;
  readonly callId?: string;
  readonly callerName?: string;
  readonly threadId?: string;
  readonly messageId?: string;
  readonly senderName?: string;
  readonly expiresAtMs?: number;
}

/** The content of a push. Payloads of other programs may lack any of it. */
export interface PushContent {
  readonly platform: 'apns' | 'fcmv1';
  readonly style: PushStyle;
  readonly priority: string;
  readonly title?: string;
  readonly body?: string;
  /** What makes a later push replace an earlier one: `apns-collapse-id`, or the tag of an Android notification. */
  readonly collapseId?: string;
  /** From this time on it must not be shown, epoch milliseconds. */
  readonly expiresAtMs?: number;
  readonly acs?: AcsContract;
}

interface EventName {
  readonly id: string;
  readonly type: string;
}

/** Id and type of a delivered value, in either envelope; empty when absent. */
export function eventName(event: unknown): EventName {
  return {
    id: textMember(event, 'id') ?? '',
    type: textMember(event, 'eventType') ?? textMember(event, 'type') ?? '',
  };
}

/**
 * Reads the content of a push. Never throws.
 *
 * @param atMs when the hub received it: the `ttl` of FCM counts from here
 */
export function readPushContent(
  push: Pick<PushRecord, 'format' | 'headers' | 'body'>,
  atMs: number,
): PushContent {
  const payload = parseJson(push.body);
  return push.format === 'apple' ? readApple(push.headers, payload) : readFcm(payload, atMs);
}

function readApple(headers: PushRecord['headers'], payload: unknown): PushContent {
  const type = headers['apns-push-type'];
  const expiration = Number(headers['apns-expiration'] ?? '');
  const acs = readContract(member(payload, 'acs'));
  return {
    platform: 'apns',
    style: type === 'voip' || type === 'background' ? type : 'alert',
    priority: headers['apns-priority'] ?? '10',
    ...omitUndefined({
      title: textMember(payload, 'aps', 'alert', 'title'),
      body: textMember(payload, 'aps', 'alert') ?? textMember(payload, 'aps', 'alert', 'body'),
      collapseId: headers['apns-collapse-id'],
      expiresAtMs: acs?.expiresAtMs ?? (expiration > 0 ? expiration * 1000 : undefined),
      acs,
    }),
  };
}

function readContract(acs: unknown): AcsContract | undefined {
  const kind = textMember(acs, 'kind');
  if (kind === undefined) return undefined;
  const expiresAtMs = Date.parse(textMember(acs, 'expiresAt') ?? '');
  return {
    kind,
    ...omitUndefined({
      id: textMember(acs, 'id'),
      callId: textMember(acs, 'callId'),
      callerName: textMember(acs, 'callerName'),
      threadId: textMember(acs, 'threadId'),
      messageId: textMember(acs, 'messageId'),
      senderName: textMember(acs, 'senderName'),
      expiresAtMs: Number.isNaN(expiresAtMs) ? undefined : expiresAtMs,
    }),
  };
}

function readFcm(payload: unknown, atMs: number): PushContent {
  const message = member(payload, 'message');
  const shown = member(message, 'notification');
  const acs = readContract(parseJson(textMember(message, 'data', 'acs') ?? ''));
  const ttl = /^(\d+(?:\.\d+)?)s$/.exec(textMember(message, 'android', 'ttl') ?? '')?.[1];
  return {
    platform: 'fcmv1',
    style: shown === undefined ? 'data' : 'notification',
    priority: textMember(message, 'android', 'priority')?.toLowerCase() ?? 'normal',
    ...omitUndefined({
      title: textMember(shown, 'title'),
      body: textMember(shown, 'body'),
      collapseId: textMember(message, 'android', 'notification', 'tag'),
      expiresAtMs: acs?.expiresAtMs ?? (ttl === undefined ? undefined : atMs + Number(ttl) * 1000),
      acs,
    }),
  };
}

/** A nested string member of a JSON value; undefined when absent or not a string. */
export function textMember(value: unknown, ...names: readonly string[]): string | undefined {
  const found = member(value, ...names);
  return typeof found === 'string' ? found : undefined;
}

function member(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) found = isRecord(found) ? found[name] : undefined;
  return found;
}
