import type { CallMemory } from '../deliveries/call-memory.ts';
import type { Ledger } from '../deliveries/claim.ts';
import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import type { Device } from '../devices/device.ts';
import type { DirectSendClient } from '../notification-hubs/request.ts';
import type { MappingOptions } from '../notifications/map-event.ts';
import type { Clock } from '../shared/time.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { UserReference } from '../telemetry/references.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { TraceScope } from '../telemetry/tracing.ts';

/** One delivery of one event to the relay. */
export interface Attempt {
  /** The Function, for logs and dead letters. */
  readonly functionName: string;
  /** Names this attempt in the ledger, such as an invocation id. */
  readonly owner: string;
  readonly log: Logger;
  /** When the attempt must be over, epoch milliseconds. */
  readonly budgetEndsMs: number;
  /** The event comes from a dead letter: what failed for good before is sent again, what was accepted is not. */
  readonly redrive?: true;
}

/** An attempt at one event, with what tells of it. */
export interface ObservedAttempt extends Attempt {
  readonly telemetry: Telemetry;
  /** Where in the trace the attempt is. */
  readonly scope: TraceScope;
  /** Names the call, message or thread that the event is about. */
  readonly ref: string | undefined;
}

/** The clients of one hub: the first is used, the second stands in for it. */
export type HubClients = readonly [DirectSendClient, ...DirectSendClient[]];

/** Everything the pipeline works with. The composition root makes the real ones; a replay makes its own. */
export interface RelayDeps {
  readonly clock: Clock;
  /** Waits. A replay need not. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Calls back once after a time, and gives how to call that off. A replay, whose storage answers at once, need not. */
  readonly startTimer: (ms: number, act: () => void) => () => void;
  /** A number from 0 to below 1, for jitter. */
  readonly random: () => number;
  readonly mapping: MappingOptions;
  readonly defaultLocale: string;
  readonly alertHub: HubClients;
  /** Absent: calls ring as alerts. */
  readonly voipHub?: HubClients;
  /** The devices of a user that can be pushed to: one storage round trip. */
  readonly findDevices: (recipientId: string) => Promise<readonly Device[]>;
  readonly ledger: Ledger;
  readonly calls: CallMemory;
  /** Puts an event aside for people to look at. */
  readonly deadLetter: (letter: DeadLetterSource) => Promise<void>;
  readonly userReference: UserReference;
  /** Absent: nobody reads spans and metrics. */
  readonly telemetry?: Telemetry;
}
