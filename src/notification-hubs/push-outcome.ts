/** The hub took the push over. It is queued, not yet shown. */
export interface Accepted {
  readonly kind: 'accepted';
  /** Id for telemetry, where the tier gives one. */
  readonly notificationId?: string;
  readonly trackingId?: string;
}

/** This push can never succeed: 400 or 413. */
interface Rejected {
  readonly kind: 'rejected';
  readonly status: number;
  readonly detail: string;
}

/** The hub asks for a pause: 429, or 403 with `Retry-After`. */
interface Throttled {
  readonly kind: 'throttled';
  readonly status: number;
  /** How long the hub asks to wait, when it says so. */
  readonly retryAfterMs?: number;
}

/** Nothing was taken over: no connection, or 408/5xx. Sending again cannot double the push. */
interface Unavailable {
  readonly kind: 'unavailable';
  readonly status?: number;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

/** Bytes left this machine and no answer came: the push may or may not be on its way. */
interface Unknown {
  readonly kind: 'unknown';
  readonly detail: string;
}

/** The hub, its key or its name is wrong: 401, 403 without `Retry-After`, 404. Never the device's fault. */
interface Misconfigured {
  readonly kind: 'misconfigured';
  readonly status: number;
  readonly detail: string;
}

/** The deadline passed before the push could be sent. */
interface Expired {
  readonly kind: 'expired';
}

/** What became of a push. The union is closed: nothing else can happen, and nothing throws for what the hub said. */
export type PushOutcome = Accepted | Rejected | Throttled | Unavailable | Unknown | Misconfigured | Expired;
