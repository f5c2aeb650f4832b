import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { type Clock, leastSkewMs } from '../shared/time.ts';

/** The clock of this machine, and who is told when it is wrong. */
export interface ClockWatch {
  readonly clock: Clock;
  /**
   * Called at most once an hour.
   *
   * @param skewMs milliseconds that this machine is ahead; negative when it is behind
   */
  readonly onSkew: (skewMs: number) => void;
}

// Well below the time that a ring lasts, and well above what a busy machine with network time shows.
const toleratedMs = 10_000;
const silenceMs = 3_600_000;

/**
 * Creates a policy that compares the clock with the `Date` of every answer of Azure Storage. It costs no request, changes
 * none, and can be shared by any number of clients, which then report as one.
 *
 * It must stand in the innermost phase, `Sign`: further out, an answer with an error arrives as an exception.
 */
export function createClockPolicy({ clock, onSkew }: ClockWatch): PipelinePolicy {
  let silentUntilMs = Number.NEGATIVE_INFINITY;
  return {
    name: 'clockSkew',
    sendRequest: async (request, next) => {
      const sentAtMs = clock();
      const response = await next(request);
      const receivedAtMs = clock();
      const dateMs = Date.parse(response.headers.get('date') ?? '');
      const skewMs = Number.isNaN(dateMs) ? 0 : leastSkewMs({ sentAtMs, receivedAtMs, dateMs });
      if (Math.abs(skewMs) > toleratedMs && receivedAtMs >= silentUntilMs) {
        silentUntilMs = receivedAtMs + silenceMs;
        onSkew(skewMs);
      }
      return response;
    },
  };
}
