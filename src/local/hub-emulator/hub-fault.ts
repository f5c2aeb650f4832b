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
export interface HubErrorAnswer {
  readonly status: number;
  /** Value of `Retry-After`: seconds or an HTTP date. */
  readonly retryAfter?: string;
  readonly detail?: string;
}
