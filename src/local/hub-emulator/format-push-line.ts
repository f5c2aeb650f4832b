import { maskHandle } from './mask-handle.ts';
import { type PushSummary, summarizePush } from './push-summary.ts';
import type { ReceivedPush } from './received-push.ts';

const previewLength = 60;
const idLength = 40;
const largestBytes = '4,096';

/**
 * One line about a push for a person: time, hub, platform, push type and priority, kind, recipient, text, collapse id,
 * size, handle. Long texts and ids are cut.
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
    recipientId === undefined ? 'to nobody named' : `to ${cutMiddle(recipientId, idLength)}`,
    describeWords(summary),
    collapseId === undefined ? 'no collapse' : `collapse ${cutMiddle(collapseId, idLength)}`,
    `${push.bodyBytes.toLocaleString('en-US')} of ${largestBytes} bytes`,
    `handle ${maskHandle(handle)}${more.length > 0 ? ` and ${more.length} more` : ''}`,
    ...describeFault(push),
  ];
  return parts.join('  ');
}

function describeWords({ kind, title, body, callerName }: PushSummary): string {
  const words = [title, body].filter((part) => part !== undefined).join(' – ');
  // A ring without an alert is no silent push: the app itself shows the call.
  const rings = words === '' && kind === 'incoming-call';
  const shown = rings ? (callerName ?? 'unknown caller') : words;
  if (shown === '') return '(silent)';
  return `${rings ? 'rings: ' : ''}"${cutEnd(shown.replaceAll(/\s+/g, ' '), previewLength)}"`;
}

function describeFault({ fault }: ReceivedPush): readonly string[] {
  if (fault === undefined) return [];
  const { answer, delayMs } = fault;
  const end = typeof answer === 'object' ? String(answer.status) : (answer ?? '201');
  return [`planned fault: ${end}${delayMs === undefined ? '' : ` after ${delayMs} ms`}`];
}

const cutEnd = (text: string, length: number): string =>
  text.length <= length ? text : `${[...text].slice(0, length - 1).join('')}…`;

const cutMiddle = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, 16)}…${text.slice(17 - length)}`;
