import type { DirectSendClient } from '../../../src/notification-hubs/direct-send-client.ts';
import type { PushOutcome } from '../../../src/notification-hubs/push-outcome.ts';
import type { VirtualTime } from '../../support/chaos/virtual-time.ts';
import { createLatency } from './create-latency.ts';
import { createPeak } from './create-peak.ts';
import type { Inputs } from './inputs.ts';

/** A Notification Hubs namespace: accepts its sends per minute, then responds 429 until the minute is over. */
export interface Namespace {
  readonly client: DirectSendClient;
  /** Counts a push that is sent for the first time, whatever its outcome. */
  readonly wanted: () => void;
  /** The most pushes sent for the first time within one minute. */
  readonly peak: () => number;
  /** Number of requests that got 429. */
  readonly throttled: () => number;
}

const minuteMs = 60_000;

/** Replaces the client of a hub; the relay's own retries act on its outcomes. */
export function createNamespace(time: VirtualTime, random: () => number, inputs: Inputs): Namespace {
  const latency = createLatency(inputs.hubMedianMs, inputs.hubP99Ms, random);
  const peak = createPeak(minuteMs);
  let minute = -1;
  let taken = 0;
  let throttled = 0;

  const send = async (timeoutMs: number): Promise<PushOutcome> => {
    const tookMs = latency();
    const nowMs = time.clock();
    const current = Math.floor(nowMs / minuteMs);
    if (current !== minute) {
      minute = current;
      taken = 0;
    }
    if (taken >= inputs.hubSendsPerMinute) {
      throttled += 1;
      await time.sleep(Math.min(tookMs, timeoutMs));
      if (tookMs >= timeoutMs) return { kind: 'unknown', detail: 'no answer' };
      // Whole seconds, as in the header.
      const retryAfterMs = Math.ceil(((current + 1) * minuteMs - nowMs) / 1_000) * 1_000;
      return { kind: 'throttled', status: 429, retryAfterMs };
    }
    taken += 1;
    await time.sleep(Math.min(tookMs, timeoutMs));
    return tookMs >= timeoutMs ? { kind: 'unknown', detail: 'no answer' } : { kind: 'accepted' };
  };

  return {
    client: {
      send: (_push, _handle, { timeoutMs }) => send(timeoutMs),
      close: async () => {},
    },
    wanted: () => {
      peak.add(time.clock());
    },
    peak: peak.most,
    throttled: () => throttled,
  };
}
