import { isRecord } from '../../../../shared/json.ts';
import { parseJson } from '../../../parse-json.ts';
import type { PushRecord } from '../../shared/journal-record.ts';
import { readPushContent } from '../../shared/push-content.ts';
import type { StoryPush } from '../../shared/story.ts';
import { textMember } from '../../shared/text-member.ts';
import { deviceName } from '../device-name.ts';
import { el } from '../el.ts';
import { clockTime, count } from '../format.ts';
import { buildJson } from './build-json.ts';
import type { DetailSubject } from './detail-subject.ts';

/** What fits through Notification Hubs. Source: "Azure Notification Hubs – FAQ" (4 KB for every platform). */
const maxBodyBytes = 4096;

/** The exact request of the selected push, or of each push of the event. */
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
    push.fault !== undefined && el('p', { class: 'fault-note' }, `Fault switched on: ${push.fault}.`),
    buildHeaders(push.headers),
    el('h4', {}, 'Body'),
    buildSize(push.bodyBytes),
    buildJson(readValue(push.body), 'Body'),
    acs !== undefined && el('h4', {}, 'data.acs, read as JSON'),
    acs !== undefined && buildJson(acs, 'data.acs, read as JSON'),
    el('p', { class: 'muted' }, `Tracking id ${push.trackingId}, signed with the key ${push.keyName}.`),
  );
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

function readValue(body: string): unknown {
  const parsed = parseJson(body);
  return parsed.kind === 'json' ? parsed.value : body;
}

/** FCM carries the contract object as a text. */
function innerContract({ format, body }: PushRecord): unknown {
  if (format !== 'fcmv1') return undefined;
  const value = readValue(textMember(readValue(body), 'message', 'data', 'acs') ?? '');
  return isRecord(value) ? value : undefined;
}
