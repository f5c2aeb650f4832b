import { isRecord, omitUndefined, parseJson } from '../../shared/json.ts';
import type { Finding } from './conformance/finding.ts';
import { maskHandle, type ReceivedPush } from './hub-record.ts';

const previewLength = 60;
const idLength = 40;
const maxBytes = '4,096';

/**
 * One line about a push: time, hub, platform, push type and priority, kind, recipient, text, collapse id, size, handle.
 * Long texts and ids are truncated.
 */
export function formatPushLine(push: ReceivedPush): string {
  const summary = summarizePush(push);
  const { platform, pushType, priority, kind, recipientId, collapseId } = summary;
  const [handle = '', ...more] = push.deviceHandles;
  const parts = [
    new Date(push.receivedAtMs).toISOString().slice(11, 23),
    'push ',
    push.hub,
    platform,
    `${pushType}/${priority}`,
    kind ?? 'no-contract',
    recipientId === undefined ? 'to unknown' : `to ${cutMiddle(recipientId, idLength)}`,
    describeWords(summary),
    collapseId === undefined ? 'no collapse' : `collapse ${cutMiddle(collapseId, idLength)}`,
    `${push.bodyBytes.toLocaleString('en-US')} of ${maxBytes} bytes`,
    `handle ${maskHandle(handle)}${more.length > 0 ? ` and ${more.length} more` : ''}`,
    ...describeFault(push),
  ];
  return parts.join('  ');
}

/** One line about a finding, to be printed below the line of its push. */
export function formatFindingLine({ rule, severity, message, document }: Finding): string {
  return `              ${severity.padEnd(7)}  ${rule}  ${message} See "${document}".`;
}

/** Payloads of other programs may lack everything but the platform. */
interface PushSummary {
  readonly platform: 'apns' | 'fcmv1';
  /** APNs push type; for FCM `notification` or `data`. */
  readonly pushType: string;
  readonly priority: string;
  readonly kind?: string;
  readonly recipientId?: string;
  /** From the `acs` object of a call. */
  readonly callerName?: string;
  readonly title?: string;
  readonly body?: string;
  readonly collapseId?: string;
}

/** Reads headers, platform part and `acs` object of a push. Never throws. */
function summarizePush(push: ReceivedPush): PushSummary {
  const payload = parseJson(push.body);
  return push.format === 'apple' ? summarizeApple(push, payload) : summarizeFcm(payload);
}

function summarizeApple(push: ReceivedPush, payload: unknown): PushSummary {
  const alert = member(member(payload, 'aps'), 'alert');
  return {
    platform: 'apns',
    pushType: push.headers['apns-push-type'] ?? 'alert',
    priority: push.headers['apns-priority'] ?? '10',
    ...omitUndefined({
      ...contractOf(member(payload, 'acs')),
      title: text(alert, 'title'),
      body: typeof alert === 'string' ? alert : text(alert, 'body'),
      collapseId: push.headers['apns-collapse-id'],
    }),
  };
}

function summarizeFcm(payload: unknown): PushSummary {
  const message = member(payload, 'message');
  const android = member(message, 'android');
  const contract = parseJson(text(member(message, 'data'), 'acs') ?? '');
  const shown = member(message, 'notification');
  return {
    platform: 'fcmv1',
    pushType: shown === undefined ? 'data' : 'notification',
    priority: text(android, 'priority')?.toLowerCase() ?? 'normal',
    ...omitUndefined({
      ...contractOf(contract),
      title: text(shown, 'title'),
      body: text(shown, 'body'),
      collapseId: text(member(android, 'notification'), 'tag') ?? text(android, 'collapse_key'),
    }),
  };
}

function contractOf(acs: unknown) {
  return {
    kind: text(acs, 'kind'),
    recipientId: text(acs, 'recipientId'),
    callerName: text(acs, 'callerName'),
  };
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

function cutMiddle(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, 16)}…${text.slice(17 - length)}`;
}

function describeWords({ kind, title, body, callerName }: PushSummary): string {
  const words = [title, body].filter((part) => part !== undefined).join(' – ');
  // A ring without an alert is not silent: the app shows the call.
  const rings = words === '' && kind === 'incoming-call';
  const shown = rings ? (callerName ?? 'unknown caller') : words;
  if (shown === '') return '(silent)';
  return `${rings ? 'rings: ' : ''}"${cutEnd(shown.replaceAll(/\s+/g, ' '), previewLength)}"`;
}

function cutEnd(text: string, length: number): string {
  return text.length <= length ? text : `${[...text].slice(0, length - 1).join('')}…`;
}

function describeFault({ fault }: ReceivedPush): readonly string[] {
  if (fault === undefined) return [];
  const { answer, delayMs } = fault;
  const end = typeof answer === 'object' ? String(answer.status) : (answer ?? '201');
  return [`planned fault: ${end}${delayMs === undefined ? '' : ` after ${delayMs} ms`}`];
}
