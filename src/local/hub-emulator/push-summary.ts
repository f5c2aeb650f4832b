import { isRecord } from '../../shared/json.ts';
import { parseJson } from '../parse-json.ts';
import type { ReceivedPush } from './received-push.ts';

/** What a person wants to know about a push. Everything but the platform may be missing in a foreign payload. */
export interface PushSummary {
  readonly platform: 'apns' | 'fcmv1';
  /** APNs push type; for FCM `notification` or `data`. */
  readonly pushType: string;
  readonly priority: string;
  readonly kind?: string;
  readonly recipientId?: string;
  /** Who calls, from the contract object of a call. */
  readonly callerName?: string;
  readonly title?: string;
  readonly body?: string;
  readonly collapseId?: string;
}

/** Reads what a push says from its headers, its platform part and the `acs` contract object. Never throws. */
export function summarizePush(push: ReceivedPush): PushSummary {
  const parsed = parseJson(push.body);
  const payload = parsed.kind === 'json' ? parsed.value : undefined;
  return push.format === 'apple' ? summarizeApple(push, payload) : summarizeFcm(payload);
}

function summarizeApple(push: ReceivedPush, payload: unknown): PushSummary {
  const alert = member(member(payload, 'aps'), 'alert');
  return compact({
    platform: 'apns',
    pushType: push.headers['apns-push-type'] ?? 'alert',
    priority: push.headers['apns-priority'] ?? '10',
    ...contractOf(member(payload, 'acs')),
    title: text(alert, 'title'),
    body: typeof alert === 'string' ? alert : text(alert, 'body'),
    collapseId: push.headers['apns-collapse-id'],
  });
}

function summarizeFcm(payload: unknown): PushSummary {
  const message = member(payload, 'message');
  const android = member(message, 'android');
  const contract = parseJson(text(member(message, 'data'), 'acs') ?? '');
  const shown = member(message, 'notification');
  return compact({
    platform: 'fcmv1',
    pushType: shown === undefined ? 'data' : 'notification',
    priority: text(android, 'priority')?.toLowerCase() ?? 'normal',
    ...contractOf(contract.kind === 'json' ? contract.value : undefined),
    title: text(shown, 'title'),
    body: text(shown, 'body'),
    collapseId: text(member(android, 'notification'), 'tag') ?? text(android, 'collapse_key'),
  });
}

const contractOf = (acs: unknown) => ({
  kind: text(acs, 'kind'),
  recipientId: text(acs, 'recipientId'),
  callerName: text(acs, 'callerName'),
});

const member = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

type Draft = { readonly [Name in keyof PushSummary]: PushSummary[Name] | undefined } & {
  readonly platform: PushSummary['platform'];
  readonly pushType: string;
  readonly priority: string;
};

function compact(draft: Draft): PushSummary {
  const { platform, pushType, priority, kind, recipientId, callerName, title, body, collapseId } = draft;
  return {
    platform,
    pushType,
    priority,
    ...(kind === undefined ? {} : { kind }),
    ...(recipientId === undefined ? {} : { recipientId }),
    ...(callerName === undefined ? {} : { callerName }),
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    ...(collapseId === undefined ? {} : { collapseId }),
  };
}
