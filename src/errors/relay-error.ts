import type { ErrorCode } from './error-code.ts';

/**
 * Whose fault an error is, and so who can mend it: the caller or the event (`user`), the settings (`config`),
 * Azure or a push service (`provider`), or the relay (`internal`).
 */
export type ErrorClass = 'user' | 'config' | 'provider' | 'internal';

/** What a {@link RelayError} is made of. */
export interface RelayErrorInit {
  readonly code: ErrorCode;
  readonly class: ErrorClass;
  /** What happened, with what (redacted), and how to mend it. */
  readonly message: string;
  /** Single problems, one line each, when there can be several (settings, request bodies). */
  readonly problems?: readonly string[];
  readonly cause?: unknown;
}

/**
 * The only error type that leaves a room of the relay. `code` is stable, `class` says who can mend it, and the
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
