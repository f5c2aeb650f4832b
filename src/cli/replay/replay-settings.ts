import { loadConfig } from '../../config/load-config.ts';
import type { RelayConfig } from '../../config/relay-config.ts';

// Names that can never lead anywhere: `.invalid` is reserved for that by RFC 2606.
const replayHubs = {
  NOTIFICATION_HUB_CONNECTION_STRING:
    'Endpoint=sb://replay.invalid/;SharedAccessKeyName=replay;SharedAccessKey=replay',
  NOTIFICATION_HUB_NAME: 'alert',
  NOTIFICATION_HUB_VOIP_NAME: 'voip',
  RELAY_STORAGE: 'UseDevelopmentStorage=true',
} as const;

/** Settings that change what a replay shows. Hubs, storage and callers have no part in it. */
export const replaySettingNames = [
  'CHAT_CONTENT',
  'CHAT_TTL_SECONDS',
  'DEFAULT_LOCALE',
  'RING_SECONDS',
] as const;

/**
 * The config of a replay: the relay's own defaults, hubs that do not exist, and the settings given. Nothing is taken
 * from the environment, so that a replay is the same everywhere.
 *
 * @throws RelayError `CONFIG_INVALID` for a setting with a value the relay would refuse, too.
 */
export function replaySettings(settings: Readonly<Record<string, string>>): RelayConfig {
  return loadConfig({ ...replayHubs, ...settings }).config;
}
