import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { LogLevel } from '../telemetry/logger.ts';

const levels: Readonly<Record<PushOutcome['kind'], LogLevel>> = {
  accepted: 'info',
  expired: 'warn',
  throttled: 'warn',
  unavailable: 'warn',
  unknown: 'warn',
  rejected: 'error',
  misconfigured: 'error',
};

/** How loud the line about a push is: what only people can mend is an error. */
export function logPushLevel(kind: PushOutcome['kind']): LogLevel {
  return levels[kind];
}
