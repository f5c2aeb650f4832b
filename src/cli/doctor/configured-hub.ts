import type { HubSettings, RelayConfig } from '../../config/relay-config.ts';
import type { SettingName } from '../../config/settings.ts';
import type { HubResource } from '../arm/hub-resource.ts';

/** A hub of the settings. */
export interface ConfiguredHub {
  readonly role: 'alert' | 'alert-secondary' | 'voip' | 'voip-secondary';
  /** The setting that holds its connection string. */
  readonly setting: SettingName;
  readonly hub: HubSettings;
  /** The same hub in Azure, when it is known which one it is. */
  readonly resource?: HubResource;
}

/** Every hub of the settings, in the order of the settings. */
export function configuredHubs({ alertHub, voipHub }: RelayConfig): readonly ConfiguredHub[] {
  const hubs: ConfiguredHub[] = [
    { role: 'alert', setting: 'NOTIFICATION_HUB_CONNECTION_STRING', hub: alertHub.primary },
  ];
  if (alertHub.secondary !== undefined) {
    hubs.push({
      role: 'alert-secondary',
      setting: 'NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING',
      hub: alertHub.secondary,
    });
  }
  if (voipHub === undefined) return hubs;
  hubs.push({ role: 'voip', setting: 'NOTIFICATION_HUB_VOIP_CONNECTION_STRING', hub: voipHub.primary });
  if (voipHub.secondary !== undefined) {
    hubs.push({
      role: 'voip-secondary',
      setting: 'NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING',
      hub: voipHub.secondary,
    });
  }
  return hubs;
}
