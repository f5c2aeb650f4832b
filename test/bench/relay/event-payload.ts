import { parseEvent } from '../../../src/events/parse-event.ts';
import { buildPush } from '../../../src/notifications/build-push.ts';
import { mapEvent } from '../../../src/notifications/map-event.ts';
import type { PushTarget } from '../../../src/notifications/push.ts';

const rules = { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' } as const;

/**
 * Turns the text of an event into the bytes of its payload: parses, validates, maps and serializes, and does nothing else.
 *
 * @throws Error when the event does not become a push
 */
export function eventPayload(text: string, nowMs: number, target: PushTarget): Buffer {
  const parsed = parseEvent(JSON.parse(text), 0);
  if (parsed.kind !== 'event') throw new Error('The text is not an event.');
  const mapped = mapEvent(parsed.event, nowMs, rules);
  if (mapped.kind !== 'notify') throw new Error('The event becomes no notification.');
  const options = { nowMs, voipHub: true, defaultLocale: 'en' };
  return Buffer.from(buildPush(mapped.notification, target, options).body);
}
