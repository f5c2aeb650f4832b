import { parseHubConnection } from '../../config/hub-connection.ts';
import type { HubSettings, RelayConfig } from '../../config/relay-config.ts';
import type { SettingName } from '../../config/settings.ts';
import type { Environment } from '../../config/settings-reader.ts';
import { RelayError } from '../../errors/errors.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import type { Finding } from './finding.ts';

/** A platform that apps run on, as the device API names it. */
export type Platform = 'apns' | 'fcmv1';

/** What `acs-relay doctor` was asked for. Azure is asked only when one of the first five is given. */
export interface DoctorOptions {
  /** Name or resource id of the ACS resource. */
  readonly acs?: string;
  /** Resource id of the hub for alerts; else it is looked for by the names in the settings. */
  readonly hub?: string;
  /** Resource id of the VoIP hub; else it is looked for as well. */
  readonly voipHub?: string;
  /** Resource id of the Function App. */
  readonly app?: string;
  readonly subscription?: string;
  /** Platforms the apps run on. */
  readonly platforms: readonly Platform[];
  /** The team uses the linked hub alone, without this relay. */
  readonly nativePush?: boolean;
  /** Origin of Azure Resource Manager. */
  readonly armEndpoint: string;
  readonly json?: boolean;
}

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

/**
 * The hub of a team that uses native push alone: the connection string that ACS was linked with, from the setting that
 * the relay would read. None of the relay's other settings is needed.
 */
export function nativeHubs(env: Environment): {
  readonly hubs: readonly ConfiguredHub[];
  readonly findings: readonly Finding[];
} {
  const setting = 'NOTIFICATION_HUB_CONNECTION_STRING';
  const text = env[setting]?.trim() ?? '';
  const mend = `Set ${setting} to the connection string that ACS was linked with; ACS does not give it back.`;
  if (text === '') {
    const why = 'The key that ACS sends with cannot be tried: the connection string is not known here.';
    return { hubs: [], findings: [{ kind: 'could-not-check', check: 'hub-key', why, mend }] };
  }
  try {
    const connection = parseHubConnection(text);
    const hubName = env['NOTIFICATION_HUB_NAME']?.trim() || connection.entityPath;
    if (hubName !== undefined) {
      return { hubs: [{ role: 'alert', setting, hub: { connection, hubName } }], findings: [] };
    }
    const why = 'The name of the hub is not known: the connection string has no EntityPath.';
    const named = 'Set NOTIFICATION_HUB_NAME to the name of the hub, as the Azure portal shows it.';
    return { hubs: [], findings: [{ kind: 'wrong', check: 'settings', about: setting, why, mend: named }] };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const why = `The connection string cannot be used: ${error.problems.join('; ')}.`;
    return { hubs: [], findings: [{ kind: 'wrong', check: 'settings', about: setting, why, mend }] };
  }
}
