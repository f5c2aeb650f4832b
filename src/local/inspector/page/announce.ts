import type { JournalEntry } from '../shared/journal-record.ts';
import { phoneHistory } from '../shared/phone-history.ts';
import { el } from './el.ts';
import type { PageState } from './page-state.ts';

/** So many lines are kept for who reads them again. */
const kept = 20;

/** Says to who listens to the page what new pushes did on which phone. */
export function announce(log: HTMLElement, state: PageState, fresh: readonly JournalEntry[]): void {
  for (const device of state.server?.devices ?? []) {
    const handles = [device.handle, device.voipHandle ?? device.handle];
    const arrived = fresh.filter((entry) => entry.kind === 'arrival' && handles.includes(entry.handle));
    if (arrived.length === 0) continue;
    const moments = phoneHistory(state.entries, handles).slice(-arrived.length);
    for (const { effect } of moments) log.append(el('span', {}, `${device.deviceId}: ${effect.text} `));
  }
  while (log.childElementCount > kept) log.firstElementChild?.remove();
}
