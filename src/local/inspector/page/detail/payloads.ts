import { isRecord, parseJson } from '../../../../shared/json.ts';
import type { PushRecord } from '../../shared/journal-record.ts';
import { readPushContent, textMember } from '../../shared/payload.ts';
import type { StoryPush } from '../../shared/story.ts';
import { type DetailSubject, deviceName } from '../derive.ts';
import { el } from '../dom.ts';
import { clockTime, count } from '../format.ts';

/** The exact request of the selected push, or the requests of all pushes of the event. */
export function buildRequest({ story, push, phones }: DetailSubject): HTMLElement {
  const pushes = push === undefined ? story.pushes : [push];
  if (pushes.length === 0 && story.refusals.length === 0) {
    return el('p', { class: 'empty' }, 'Nothing was sent to the hub for this event.');
  }
  return el(
    'div',
    { class: 'requests' },
    ...pushes.map((one) => buildOne(one, deviceName(one.push.handles, phones))),
    ...(push === undefined ? story.refusals : []).map((refusal) =>
      el(
        'article',
        { class: 'request' },
        el('h3', {}, 'Refused by the hub'),
        buildLine(refusal.method, refusal.path, refusal.status, 'bad'),
        el('p', {}, refusal.detail),
        buildHeaders(refusal.headers),
        refusal.body !== '' && buildJson(readValue(refusal.body), 'Body'),
      ),
    ),
  );
}

/** The delivered event, once per distinct body. */
export function buildEvent({ story }: DetailSubject): HTMLElement {
  const bodies = new Map(story.deliveries.map(({ delivery }) => [JSON.stringify(delivery.event), delivery]));
  if (bodies.size === 0) {
    return el('p', { class: 'empty' }, 'No event: another program sent this request.');
  }
  return el(
    'div',
    {},
    ...[...bodies.values()].flatMap(({ event, functionName, atMs }) => [
      el('h3', {}, `To ${functionName}, ${clockTime(atMs)}`),
      buildJson(event, 'Event as delivered'),
    ]),
  );
}

function buildOne({ push }: StoryPush, name: string): HTMLElement {
  const acs = innerContract(push);
  const { expiresAtMs } = readPushContent(push, push.atMs);
  return el(
    'article',
    { class: 'request' },
    el('h3', {}, `To ${name}, ${clockTime(push.atMs)}`),
    buildLine('POST', push.path, push.status, push.status >= 200 && push.status < 300 ? 'good' : 'bad'),
    expiresAtMs !== undefined &&
      el(
        'p',
        {},
        `Expires at ${clockTime(expiresAtMs).slice(0, 8)}: `,
        el('span', { 'data-until': expiresAtMs, 'data-over': 'expired' }),
      ),
    push.fault !== undefined && el('p', { class: 'fault-note' }, `Active fault: ${push.fault}.`),
    buildHeaders(push.headers),
    el('h4', {}, 'Body'),
    buildSize(push.bodyBytes),
    buildJson(readValue(push.body), 'Body'),
    acs !== undefined && el('h4', {}, 'data.acs, parsed as JSON'),
    acs !== undefined && buildJson(acs, 'data.acs, parsed as JSON'),
    el('p', { class: 'muted' }, `Tracking id ${push.trackingId}, signed with the key ${push.keyName}.`),
  );
}

/** FCM carries the `acs` object as a string. */
function innerContract({ format, body }: PushRecord): unknown {
  if (format !== 'fcmv1') return undefined;
  const value = readValue(textMember(readValue(body), 'message', 'data', 'acs') ?? '');
  return isRecord(value) ? value : undefined;
}

function readValue(body: string): unknown {
  const value = parseJson(body);
  return value === undefined ? body : value;
}

function buildLine(method: string, path: string, status: number, tone: string): HTMLElement {
  return el(
    'p',
    { class: 'request-line' },
    el('strong', {}, method),
    ` ${path} `,
    el('span', { class: `badge tone-${tone}` }, status === 0 ? 'no answer' : `answered ${status}`),
  );
}

function buildHeaders(headers: PushRecord['headers']): HTMLElement {
  const shown = [...Object.entries(headers), ['authorization', 'SharedAccessSignature … (never shown)']];
  return el(
    'table',
    { class: 'headers' },
    el('caption', {}, 'Headers'),
    el(
      'tbody',
      {},
      ...shown
        .toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1))
        .map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value))),
    ),
  );
}

/** Payload limit of Notification Hubs. Source: "Azure Notification Hubs – FAQ" (4 KB for every platform). */
const maxBodyBytes = 4096;

function buildSize(bytes: number): HTMLElement {
  const meter = el('meter', {
    min: 0,
    max: maxBodyBytes,
    high: 3900,
    value: bytes,
    'aria-label': 'Size of the body',
  });
  return el('p', { class: 'size' }, meter, `${count(bytes)} of ${count(maxBodyBytes)} bytes`);
}

const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** A JSON value, indented and coloured; other text unchanged. Everything becomes text nodes. */
function buildJson(value: unknown, label: string): HTMLElement {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  const code = el('code');
  let end = 0;
  for (const match of typeof value === 'string' ? [] : text.matchAll(tokens)) {
    const [all, string, colon, number] = match;
    code.append(text.slice(end, match.index));
    end = match.index + all.length;
    if (string !== undefined) {
      code.append(
        el('span', { class: colon === undefined ? 'json-text' : 'json-name' }, string),
        colon ?? '',
      );
    } else {
      code.append(el('span', { class: number === undefined ? 'json-word' : 'json-number' }, all));
    }
  }
  code.append(text.slice(end));
  return el('pre', { class: 'json', tabindex: 0, role: 'region', 'aria-label': label }, code);
}
