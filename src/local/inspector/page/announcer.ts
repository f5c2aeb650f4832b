import type { JournalEntry } from '../shared/journal-record.ts';
import { phoneHistory } from '../shared/phone-screen.ts';
import { byId, el } from './dom.ts';
import type { PageState } from './store.ts';

/** A screen reader's user can read this many lines again. */
const maxLines = 20;

/** Writes what new pushes did on which phone into the live region for screen readers. */
export function announce(state: PageState, fresh: readonly JournalEntry[]): void {
  const log = byId('announcer');
  for (const device of state.server?.devices ?? []) {
    const handles = [device.handle, device.voipHandle ?? device.handle];
    const arrived = fresh.filter((entry) => entry.kind === 'arrival' && handles.includes(entry.handle));
    if (arrived.length === 0) continue;
    const moments = phoneHistory(state.entries, handles).slice(-arrived.length);
    for (const { effect } of moments) log.append(el('span', {}, `${device.deviceId}: ${effect.text} `));
  }
  while (log.childElementCount > maxLines) log.firstElementChild?.remove();
}
