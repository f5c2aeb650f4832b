import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEvent } from '../../src/events/parse-event.ts';
import { mapEvent } from '../../src/notifications/map-event.ts';

/** One recorded event that becomes a push. */
export interface RecordedEvent {
  /** As Event Grid delivers it. */
  readonly text: string;
  /** When it happened, epoch milliseconds. */
  readonly timeMs: number;
}

const folder = join(import.meta.dirname, '../replay/recordings');
const rules = { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' } as const;

/** Returns the recorded events, in both schemas, that become a push on their own. Excludes the odd shapes. */
export function recordedEvents(): readonly RecordedEvent[] {
  return globSync('*.json', { cwd: folder })
    .sort()
    .flatMap((name): unknown[] => [JSON.parse(readFileSync(join(folder, name), 'utf8'))].flat())
    .flatMap((value) => {
      const parsed = parseEvent(value, 0);
      if (parsed.kind !== 'event') return [];
      const { timeMs } = parsed.event;
      const mapped = mapEvent(parsed.event, timeMs, rules);
      return mapped.kind === 'notify' ? [{ text: JSON.stringify(value), timeMs }] : [];
    });
}
