import { loadConfig } from '../../../config/load-config.ts';
import { createDeadLetterStore, type DeadLetterStore } from '../../../deliveries/dead-letter-store.ts';
import type { Clock } from '../../../shared/time.ts';
import { createAzureBlobStore } from '../../../storage/blobs.ts';
import type { StartTimer } from '../../functions-host/timers.ts';
import type { HubEmulator } from '../../hub-emulator/start-hub-emulator.ts';
import type { Settings } from '../../plan-local-run.ts';

/** The running parts of the local stack that the inspector shows and moves. */
export interface InspectorParts {
  readonly hub: Pick<HubEmulator, 'records' | 'phones' | 'faults'>;
  /** Origin of the Functions host. */
  readonly hostUrl: string;
  /** Throws while the settings of the app are wrong. */
  readonly openDeadLetters: () => Pick<DeadLetterStore, 'list' | 'get'>;
}

/** What the inspector is made of, beside the parts it watches. */
export interface InspectorOptions {
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly newId: () => string;
  /** Time between two steps of a scenario, milliseconds. */
  readonly pauseMs: number;
  /** How long the local Event Grid waits before each redelivery, milliseconds. */
  readonly retryDelaysMs: readonly number[];
  /** How many journal entries are kept. */
  readonly capacity: number;
}

/**
 * The dead letters of an app with these settings.
 *
 * @throws RelayError `CONFIG_INVALID`
 */
export function openDeadLetters(settings: Settings): DeadLetterStore {
  const { storage } = loadConfig(settings).config;
  return createDeadLetterStore({ blobs: createAzureBlobStore(storage, 'dead-letters') });
}
