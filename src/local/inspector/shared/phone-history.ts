import type { JournalEntry } from './journal-record.ts';
import type { Effect, PhoneScreen } from './phone-screen.ts';
import { readPushContent } from './push-content.ts';
import { emptyScreen, showPush } from './show-push.ts';

/** The screen of a phone right after one push. */
export interface PhoneMoment {
  readonly pushId: string;
  readonly atMs: number;
  readonly screen: PhoneScreen;
  readonly effect: Effect;
}

/** What happened on one phone, oldest first: what arrived at any of its (masked) handles. */
export function phoneHistory(
  entries: readonly JournalEntry[],
  handles: readonly string[],
): readonly PhoneMoment[] {
  const pushes = new Map(entries.flatMap((entry) => (entry.kind === 'push' ? [[entry.pushId, entry]] : [])));
  const moments: PhoneMoment[] = [];
  let screen = emptyScreen;
  for (const entry of entries) {
    if (entry.kind !== 'arrival' || !handles.includes(entry.handle)) continue;
    const push = pushes.get(entry.pushId);
    if (push === undefined) continue;
    const { pushId, atMs } = entry;
    const shown = showPush(screen, { pushId, atMs, content: readPushContent(push, push.atMs) });
    screen = shown.screen;
    moments.push({ pushId, atMs, ...shown });
  }
  return moments;
}
