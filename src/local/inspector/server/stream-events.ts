import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../shared/time.ts';
import type { InspectorState, SentState } from '../shared/inspector-state.ts';
import type { JournalEntry } from '../shared/journal-record.ts';
import type { Journal } from './journal.ts';
import { securityHeaders } from './page-server.ts';
import type { StateFeed } from './state-feed.ts';

interface StreamSource {
  readonly journal: Journal;
  readonly state: StateFeed;
  /** Identifies this run of the server: entry numbers of another run are invalid. */
  readonly runId: string;
  readonly clock: Clock;
}

/**
 * Streams the journal and the state as server-sent events: `entries` (a list, with the number of its last entry as the
 * id), `state`, and `reset` before everything is sent again. A browser that reconnects with `Last-Event-ID` gets only the
 * entries it missed. Source: "Server-sent events" in the HTML Standard.
 */
export function streamEvents(source: StreamSource, request: IncomingMessage, response: ServerResponse): void {
  const { journal, state, runId, clock } = source;
  response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (event: string, data: unknown, id?: number) => {
    const first = id === undefined ? '' : `id: ${runId}-${id}\n`;
    response.write(`${first}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const sendEntries = (entries: readonly JournalEntry[]) => {
    const last = entries.at(-1);
    if (last !== undefined) send('entries', entries, last.seq);
  };
  const sendState = (fresh: InspectorState) => {
    const sent: SentState = { ...fresh, nowMs: clock() };
    send('state', sent);
  };

  const seen = lastSeen(request, runId);
  if (seen === undefined) send('reset', {});
  sendEntries(journal.after(seen ?? 0));
  const current = state.current();
  if (current !== undefined) sendState(current);

  const ends = [
    journal.subscribe((entry) => sendEntries([entry])),
    journal.onClear(() => send('reset', {})),
    state.subscribe(sendState),
  ];
  response.on('close', () => {
    for (const end of ends) end();
  });
}

function lastSeen({ headers }: IncomingMessage, runId: string): number | undefined {
  const [run, seq] = String(headers['last-event-id'] ?? '').split('-');
  return run === runId && seq !== undefined && /^\d+$/.test(seq) ? Number(seq) : undefined;
}
