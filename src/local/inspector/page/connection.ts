import type { SentState } from '../shared/inspector-state.ts';
import type { JournalEntry } from '../shared/journal-record.ts';
import type { Store } from './store.ts';

/** Number of entries that the page keeps; the server keeps fewer. */
const capacity = 5000;

/**
 * Subscribes to the server. The browser reconnects automatically and sends the id of its last entry.
 *
 * @param onLive called with entries from now on, not with those of the past
 */
export function connect(store: Store, onLive: (entries: readonly JournalEntry[]) => void): void {
  const source = new EventSource('/inspector/api/stream');
  let openedAtMs = 0;
  source.addEventListener('open', () => {
    openedAtMs = store.now();
    store.set({ connection: 'live' });
  });
  source.addEventListener('error', () => store.set({ connection: 'lost' }));
  source.addEventListener('reset', () =>
    store.set({ entries: [], selection: undefined, moment: 'now', follow: true }),
  );
  source.addEventListener('entries', ({ data }) => {
    const fresh: readonly JournalEntry[] = JSON.parse(data);
    store.set({ entries: [...store.get().entries, ...fresh].slice(-capacity) });
    const live = fresh.filter(({ atMs }) => atMs >= openedAtMs);
    if (live.length > 0) onLive(live);
  });
  source.addEventListener('state', ({ data }) => {
    const server: SentState = JSON.parse(data);
    store.set({ server, skewMs: server.nowMs - Date.now() });
  });
}

/** Sends an action to the server. Returns the reason of a failure, or undefined on success. */
export async function sendAction(name: string, body: object): Promise<string | undefined> {
  try {
    const response = await fetch(`/inspector/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return undefined;
    const text = await response.text();
    return text === '' ? `The server answered ${response.status}.` : text;
  } catch {
    return 'Cannot reach the local stack. Is npm start still running?';
  }
}
