import { jsonText } from '../json-text.ts';
import { printable } from '../printable.ts';
import { textTable } from '../text-table.ts';
import type { ShownEvent, ShownLetter } from './show-letter.ts';

/** A letter for people to read in a terminal. */
export function letterText(letter: ShownLetter): string {
  const { name, origin, functionName, outcomes = {}, events } = letter;
  const ended = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  const head = textTable([
    ['name', printable(name)],
    ['put aside by', origin === 'relay' ? `the relay (${printable(functionName ?? '-')})` : 'Event Grid'],
    ...(ended.length === 0 ? [] : [['pushes', ended.join(', ')]]),
  ]);
  const bodies = events.map((event, index) => {
    const title = events.length === 1 ? '' : `Event ${index + 1} of ${events.length}\n`;
    return `\n${title}${eventText(event, origin)}`;
  });
  return `${head}${bodies.join('') || '\nIt holds no event.\n'}`;
}

function eventText(event: ShownEvent, origin: ShownLetter['origin']): string {
  const { reason, code, message, attempt, type, happenedAt, putAsideAt, redrivenAt } = event;
  const rows = [
    ['reason', reason],
    ...(origin === 'event-grid' ? [['last outcome', message]] : [['code', code ?? '-']]),
    ...(origin === 'event-grid' ? [] : [['message', message]]),
    ['attempt', String(attempt)],
    ['type', type ?? '-'],
    ['happened', happenedAt],
    ['put aside', putAsideAt],
    ...(origin === 'event-grid' ? [] : [['redriven', redrivenAt ?? 'no']]),
  ];
  const table = textTable(rows.map((row) => row.map(printable)));
  return `${table}${jsonText(event.event, 2)}\n`;
}
