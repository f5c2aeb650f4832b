import { textTable } from '../text-table.ts';
import type { Replayed, ReplayedEvent } from './replayed.ts';

const heading = ['recording', 'event', 'kind', 'end', 'reason', 'pushes'];

/** What each event became, one line each, as a table to read in a terminal. Holds no text, name or handle. */
export function replayTable(results: readonly Replayed[]): string {
  return textTable([heading, ...results.flatMap(({ name, events }) => rows(name, events))]);
}

function rows(name: string, events: readonly ReplayedEvent[]): readonly (readonly string[])[] {
  if (events.length === 0) return [[name, '-', '-', 'empty', '-', '-']];
  return events.map(({ type, end, reason, pushes }) => [
    name,
    printable(type?.replace(/^Microsoft\.Communication\./, '') ?? '-'),
    [...new Set(pushes.map((push) => push.kind))].join('+') || '-',
    end,
    reason ?? '-',
    pushes.map((push) => `${push.deviceId}/${push.hub}:${push.outcome}`).join(' ') || '-',
  ]);
}

// The type of an event is whatever the sender wrote: it must not move the cursor or break the table.
function printable(text: string): string {
  const clean = text.replace(/[^\x21-\x7e]/g, '?');
  return clean.length > 60 ? `${clean.slice(0, 59)}~` : clean;
}
