/** How the emulator shall misbehave for one push. */
export interface HubFault {
  /** Waits so long before it does anything. */
  readonly delayMs?: number;
  /**
   * Instead of 201: an error status, a reset connection (`reset`), an answer that breaks off in its headers
   * (`half-answer`), or silence on an open connection (`none`). Absent: only the delay.
   */
  readonly answer?: 'reset' | 'half-answer' | 'none' | HubErrorAnswer;
}

/** An error answer of the hub. */
interface HubErrorAnswer {
  readonly status: number;
  /** Value of `Retry-After`: seconds or an HTTP date. */
  readonly retryAfter?: string;
  readonly detail?: string;
}

/**
 * A way the hub can fail: `throttle` 429 with `Retry-After`, `unavailable` 503, `timeout` silence on an open connection,
 * `wrong-key` 401, `lost-answer` the push is taken and the connection reset before the answer. In all but the last the
 * push reaches no phone.
 */
export type FaultKind = 'throttle' | 'unavailable' | 'timeout' | 'wrong-key' | 'lost-answer';

/** A fault and for how many pushes it lasts. */
export interface PlannedFault {
  readonly kind: FaultKind;
  /** How many pushes from now on it takes; `all` until it is switched off. */
  readonly pushes: 'all' | number;
  /** For `throttle`; default 1. */
  readonly retryAfterSeconds?: number;
}

/** The switch by which a developer makes the hub fail. One fault at a time. */
export interface FaultSwitch {
  /** What is planned, with the pushes that are left; undefined when the hub behaves. */
  readonly current: () => PlannedFault | undefined;
  /** Takes the place of what was planned; undefined ends it. */
  readonly set: (fault: PlannedFault | undefined) => void;
  /** Calls `listener` at each change, from now on; the returned function ends that. */
  readonly subscribe: (listener: (fault: PlannedFault | undefined) => void) => () => void;
}

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
