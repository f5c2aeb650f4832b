import type { NotificationKind } from '../../notifications/notification.ts';

/** What `acs-relay send` was asked for. */
export interface SendOptions {
  /** rawId of the user the notification is for. */
  readonly user: string;
  readonly kind: NotificationKind;
  /** Only this device of the user, rather than all. */
  readonly device?: string;
  /** A device handle that need not be registered, rather than the user's devices. */
  readonly handle?: string;
  /** Platform of `handle`. */
  readonly platform?: string;
  /** `handle` is a PushKit token. */
  readonly voip?: boolean;
  /** BCP 47 tag for `handle`. */
  readonly locale?: string;
  /** Name of the caller or sender; empty for one without a name. */
  readonly callerName?: string;
  /** Text of the message. */
  readonly text?: string;
  /** Id of an earlier test, whose call or message this one is about. */
  readonly test?: string;
  /** How long to go on trying, seconds. */
  readonly wait: number;
  /** Print the requests, and send nothing. */
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** Send without asking. */
  readonly yes?: boolean;
}
