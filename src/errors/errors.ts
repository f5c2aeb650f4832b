/**
 * Every code a {@link RelayError} can carry. Codes are public and never change, so that alerts, dead letters and
 * scripts can rely on them.
 */
export type ErrorCode =
  // An unusable event.
  | 'EVENT_NOT_JSON'
  | 'EVENT_NOT_AN_EVENT'
  | 'EVENT_DATA_INVALID'
  | 'EVENT_PAYLOAD_TOO_LARGE'
  | 'EVENT_PAYLOAD_CHANGED'
  | 'EVENTS_CALLER_UNAUTHENTICATED'
  // A missing or invalid setting.
  | 'CONFIG_INVALID'
  | 'HUB_CONNECTION_STRING_INVALID'
  | 'HUB_TRANSPORT_NOT_INSTALLED'
  // A call of the Direct Send client with arguments that can never work.
  | 'HUB_REQUEST_INVALID'
  // The device API.
  | 'REQUEST_EMPTY'
  | 'REQUEST_NOT_JSON'
  | 'REQUEST_TOO_LARGE'
  | 'USER_ID_INVALID'
  | 'DEVICE_ID_INVALID'
  | 'DEVICE_INVALID'
  | 'DEVICE_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'CALLER_UNAUTHENTICATED'
  | 'CALLER_FORBIDDEN'
  // Azure failed, or did not respond with what the relay needs.
  | 'STORAGE_UNAVAILABLE'
  | 'CALLER_KEYS_UNAVAILABLE'
  | 'HEALTH_CHECK_TIMEOUT'
  | 'DELIVERY_INCOMPLETE'
  | 'CAPACITY_EXCEEDED'
  | 'FUNCTION_TIMEOUT'
  // The local run and the command line.
  | 'PORT_IN_USE'
  | 'BUILD_MISSING'
  | 'INPUT_UNUSABLE'
  // A bug in the relay.
  | 'STORAGE_KEY_INVALID'
  | 'STORAGE_ROW_INVALID'
  | 'INTERNAL';

/**
 * Whose fault an error is, and so who can fix it: the caller or the event (`user`), the settings (`config`),
 * Azure or a push service (`provider`), or the relay (`internal`).
 */
type ErrorClass = 'user' | 'config' | 'provider' | 'internal';

interface RelayErrorInit {
  readonly code: ErrorCode;
  readonly class: ErrorClass;
  /** What happened, with what (redacted), and how to fix it. */
  readonly message: string;
  /** One line for each problem, where there can be several (settings, request bodies). */
  readonly problems?: readonly string[];
  readonly cause?: unknown;
}

/**
 * The only error type that leaves a room of the relay. `code` is stable, `class` says who can fix it, and the
 * message never holds a secret, a device handle or message text.
 */
export class RelayError extends Error {
  override readonly name = 'RelayError';
  readonly code: ErrorCode;
  readonly class: ErrorClass;
  readonly problems: readonly string[];

  constructor(init: RelayErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.class = init.class;
    this.problems = init.problems ?? [];
  }
}
