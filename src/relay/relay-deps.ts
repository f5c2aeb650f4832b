import type { CallMemory } from '../deliveries/call-memory.ts';
import type { Ledger } from '../deliveries/claim.ts';
import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import type { Device } from '../devices/device.ts';
import type { DirectSendClient } from '../notification-hubs/request.ts';
import type { MappingOptions } from '../notifications/map-event.ts';
import type { Clock } from '../shared/time.ts';
import type { UserReference } from '../telemetry/references.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

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
  readonly putAside: (letter: DeadLetterSource) => Promise<void>;
  readonly userReference: UserReference;
  /** Absent: nobody reads spans and metrics. */
  readonly telemetry?: Telemetry;
}
