import * as z from 'zod';
import { parseEventTime } from '../../events/envelope.ts';

const timed = z.object({
  eventTime: z.string().optional().catch(undefined),
  time: z.string().optional().catch(undefined),
});

/**
 * When a recorded event says it happened, which is what the clock of its replay shows.
 *
 * @returns epoch milliseconds; 0 when it says nothing that can be read, as poison events may
 */
export function eventTime(value: unknown): number {
  const parsed = timed.safeParse(value);
  if (!parsed.success) return 0;
  return parseEventTime(parsed.data.eventTime ?? parsed.data.time ?? '') ?? 0;
}
