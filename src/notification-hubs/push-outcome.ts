/** The outcome of a push. The union is closed: nothing throws for what the hub or the network did. */
export type PushOutcome =
  | Accepted
  | Rejected
  | Throttled
  | Unavailable
  | Unknown
  | Misconfigured
  | Expired
  | Dropped;

/** The hub accepted the push. It is queued, not yet shown. */
export interface Accepted {
  readonly kind: 'accepted';
  /** Id for telemetry; only the Standard tier returns one. */
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
  /** How long the hub asks to wait; absent when it does not say. */
  readonly retryAfterMs?: number;
}

/** The hub did not accept the push: no connection, or 408/5xx. Sending again cannot double it. */
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

/** The hub, its key or its name is wrong: 401, 403 without `Retry-After`, 404. The device is never at fault. */
interface Misconfigured {
  readonly kind: 'misconfigured';
  readonly status: number;
  readonly detail: string;
}

/** The deadline passed before the push could be sent. */
interface Expired {
  readonly kind: 'expired';
}

/** The push became wrong while it waited, and was not sent. */
export interface Dropped {
  readonly kind: 'dropped';
  readonly reason: DroppedReason;
}

/**
 * Why a push became wrong: `superseded` by a newer version of its message or by its deletion, `moved` with its handle to
 * another user or removed, `answered` elsewhere, or its call is `over`.
 */
export type DroppedReason = 'superseded' | 'moved' | 'answered' | 'over';
