import type { HubFault } from '../hub-fault.ts';
import type { FaultSwitch, PlannedFault } from './fault-switch.ts';

/** A {@link FaultSwitch} as the emulator itself uses it. */
export interface FaultSource extends FaultSwitch {
  /** The fault of the next push, which uses it up by one. */
  readonly take: () => HubFault | undefined;
}

/** A switch that is off. */
export function createFaultSwitch(): FaultSource {
  let planned: PlannedFault | undefined;
  const listeners = new Set<(fault: PlannedFault | undefined) => void>();
  const set = (fault: PlannedFault | undefined) => {
    planned = fault === undefined || fault.pushes === 'all' || fault.pushes > 0 ? fault : undefined;
    for (const listener of listeners) listener(planned);
  };
  return {
    current: () => planned,
    set,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    take: () => {
      const fault = planned;
      if (fault === undefined) return undefined;
      if (fault.pushes !== 'all') set({ ...fault, pushes: fault.pushes - 1 });
      return hubFault(fault);
    },
  };
}

function hubFault({ kind, retryAfterSeconds = 1 }: PlannedFault): HubFault {
  switch (kind) {
    case 'throttle':
      return {
        answer: { status: 429, retryAfter: String(retryAfterSeconds), detail: 'Too many requests.' },
      };
    case 'unavailable':
      return { answer: { status: 503, detail: 'The service is unavailable.' } };
    case 'timeout':
      return { answer: 'none' };
    case 'wrong-key':
      return { answer: { status: 401, detail: 'InvalidSignature: the token has an invalid signature.' } };
    case 'lost-answer':
      return { answer: 'reset' };
  }
}
