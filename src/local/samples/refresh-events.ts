import { isRecord } from '../../shared/json.ts';

/**
 * Gives a recorded payload (an event or an array, in either envelope) the time `timeMs` and new ids, so that a ring is
 * still due and no event is taken for one that was delivered before. Everything else stays; what is no object stays too.
 */
export function refreshEvents(payload: unknown, timeMs: number, newId: () => string): unknown {
  if (Array.isArray(payload)) return payload.map((event) => refreshEvents(event, timeMs, newId));
  if (!isRecord(payload)) return payload;
  const time = new Date(timeMs).toISOString();
  return {
    ...payload,
    id: newId(),
    ...('eventTime' in payload ? { eventTime: time } : {}),
    ...('time' in payload ? { time } : {}),
  };
}
