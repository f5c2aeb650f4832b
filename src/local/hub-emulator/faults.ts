/** How the emulator misbehaves for one push. */
export interface HubFault {
  /** Delay before anything else happens, milliseconds. */
  readonly delayMs?: number;
  /**
   * Instead of 201: an error status, a reset connection (`reset`), an answer cut off in its headers (`half-answer`), or no
   * answer on an open connection (`none`). Absent: only the delay.
   */
  readonly answer?: 'reset' | 'half-answer' | 'none' | HubErrorAnswer;
}

interface HubErrorAnswer {
  readonly status: number;
  /** Value of `Retry-After`: seconds or an HTTP date. */
  readonly retryAfter?: string;
  readonly detail?: string;
}

/**
 * How the hub fails: `throttle` 429 with `Retry-After`, `unavailable` 503, `timeout` no answer on an open connection,
 * `wrong-key` 401, `lost-answer` accepts the push and resets the connection before the answer. The push reaches the phone
 * only with `lost-answer`.
 */
export type FaultKind = 'throttle' | 'unavailable' | 'timeout' | 'wrong-key' | 'lost-answer';

export interface PlannedFault {
  readonly kind: FaultKind;
  /** How many pushes fail from now on; `all` until the fault is switched off. */
  readonly pushes: 'all' | number;
  /** For `throttle`; default 1. */
  readonly retryAfterSeconds?: number;
}

/** Lets a developer make the hub fail. One fault at a time. */
export interface FaultSwitch {
  /** The active fault with the number of remaining pushes; undefined when there is none. */
  readonly current: () => PlannedFault | undefined;
  /** Replaces the active fault; undefined ends it. */
  readonly set: (fault: PlannedFault | undefined) => void;
  /** Calls `listener` on each later change; returns a function that unsubscribes it. */
  readonly subscribe: (listener: (fault: PlannedFault | undefined) => void) => () => void;
}

/** A {@link FaultSwitch} for the emulator itself. */
export interface FaultSource extends FaultSwitch {
  /** The fault for the next push; counts that push. */
  readonly take: () => HubFault | undefined;
}

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
