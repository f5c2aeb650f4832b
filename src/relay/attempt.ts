import type { CallMemory } from '../deliveries/call-memory.ts';
import type { Ledger } from '../deliveries/claim.ts';
import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import type { MessageMemory } from '../deliveries/message-memory.ts';
import type { Device } from '../devices/device.ts';
import type { DirectSendClient } from '../notification-hubs/direct-send-client.ts';
import type { MappingOptions } from '../notifications/map-event.ts';
import type { Clock, StartTimer } from '../shared/time.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { UserReference } from '../telemetry/references.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { TraceScope } from '../telemetry/tracing.ts';
import type { HubHealth } from './hub-tries.ts';

/** One delivery of one event to the relay. */
export interface Attempt {
  /** The Function, for logs and dead letters. */
  readonly functionName: string;
  /** Names this attempt in the ledger, such as an invocation id. */
  readonly owner: string;
  readonly log: Logger;
  /** When the attempt must be over, epoch milliseconds. */
  readonly budgetEndsMs: number;
  /** The event comes from a dead letter: pushes that failed for good are sent again, accepted ones are not. */
  readonly redrive?: true;
}

/** An attempt and where its log lines, spans and metrics go. */
export interface ObservedAttempt extends Attempt {
  readonly telemetry: Telemetry;
  /** The span that the next step belongs to. */
  readonly scope: TraceScope;
  /** Names the call, message or thread that the event is about. */
  readonly ref: string | undefined;
  /**
   * False once another owner may have the event: then no new try of a push begins, except of a ring or its stop. Absent
   * while the event is not claimed.
   */
  readonly mayStartTry?: () => boolean;
  /** Notes the delivery key of a push that the hub accepted, at once: the attempt may be ended before it settles. */
  readonly noteAccepted?: (key: string) => void;
}

/** The clients of one hub: the primary and, where configured, the secondary. */
export type HubClients = readonly [DirectSendClient, ...DirectSendClient[]];

/** Everything the pipeline depends on. The composition root provides the real parts; a replay provides its own. */
export interface RelayDeps {
  readonly clock: Clock;
  /** Waits. A replay may return immediately. */
  readonly sleep: (ms: number) => Promise<void>;
  /** A replay, whose storage never hangs, may ignore it. */
  readonly startTimer: StartTimer;
  /** A number from 0 to below 1, for jitter. */
  readonly random: () => number;
  readonly mapping: MappingOptions;
  readonly defaultLocale: string;
  readonly alertHub: HubClients;
  /** Absent: calls ring as alerts. */
  readonly voipHub?: HubClients;
  /** What the tries at the hubs show, for the pushes after them. Absent: each push learns for itself. */
  readonly hubHealth?: HubHealth;
  /** The devices of a user that can be pushed to: one storage round trip. */
  readonly findDevices: (recipientId: string) => Promise<readonly Device[]>;
  readonly ledger: Ledger;
  readonly calls: CallMemory;
  readonly messages: MessageMemory;
  /** Stores a dead letter. */
  readonly deadLetter: (letter: DeadLetterSource) => Promise<void>;
  readonly userReference: UserReference;
  /** Absent: spans and metrics are not collected. */
  readonly telemetry?: Telemetry;
}
