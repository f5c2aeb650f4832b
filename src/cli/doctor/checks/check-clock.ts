import type { ClockReading } from '../../../notification-hubs/probe.ts';
import type { Finding } from '../finding.ts';

const limitMs = 5_000;

/**
 * Does this machine's clock agree with the hub's? The `Date` of an answer is cut to the second and was written at some
 * moment between request and answer, so only the skew that is left after both is counted.
 */
export function checkClock(reading: ClockReading | undefined): Finding {
  if (reading === undefined) {
    return {
      kind: 'could-not-check',
      check: 'clock',
      why: 'No hub gave an answer with a date.',
      mend: 'Mend what is wrong with the hub first, then run this command again.',
    };
  }
  const skewMs = leastSkew(reading);
  const seconds = Math.abs(Math.round(skewMs / 1000));
  if (Math.abs(skewMs) <= limitMs) {
    return { kind: 'ok', check: 'clock', why: "This machine's clock agrees with the hub's." };
  }
  return {
    kind: 'wrong',
    check: 'clock',
    why: `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the hub's. A ring has 30 s, and the hub refuses tokens by its own clock.`,
    mend: 'Turn on network time, such as: sudo timedatectl set-ntp true',
  };
}

/** Milliseconds this machine is ahead; negative when behind; 0 when the readings allow that there is no skew. */
function leastSkew({ sentAtMs, receivedAtMs, dateMs }: ClockReading): number {
  if (receivedAtMs < dateMs) return receivedAtMs - dateMs;
  const endMs = dateMs + 1000;
  return sentAtMs > endMs ? sentAtMs - endMs : 0;
}
