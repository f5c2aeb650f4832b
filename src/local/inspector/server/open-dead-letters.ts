import { loadConfig } from '../../../config/load-config.ts';
import type { DeadLetterStore } from '../../../deliveries/dead-letter-store.ts';
import { createDeadLetterStore } from '../../../deliveries/dead-letter-store.ts';
import { createAzureBlobStore } from '../../../storage/blobs.ts';
import type { Settings } from '../../plan-local-run.ts';

/**
 * The dead letters of an app with these settings.
 *
 * @throws RelayError `CONFIG_INVALID`
 */
export function openDeadLetters(settings: Settings): DeadLetterStore {
  const { storage } = loadConfig(settings).config;
  return createDeadLetterStore({ blobs: createAzureBlobStore(storage, 'dead-letters') });
}
