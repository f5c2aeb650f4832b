import { parseHubConnection } from '../../config/hub-connection.ts';
import type { HubSettings, RelayConfig } from '../../config/relay-config.ts';
import type { SettingName } from '../../config/settings.ts';
import type { Environment } from '../../config/settings-reader.ts';
import { RelayError } from '../../errors/errors.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import type { Finding } from './finding.ts';

/** A platform that apps run on, as the device API names it. */
export type Platform = 'apns' | 'fcmv1';

/** The options of `acs-relay doctor`. Azure is queried only with `acs`, `hub`, `voipHub` or `subscription`. */
export interface DoctorOptions {
  /** Name or resource id of the ACS resource. */
  readonly acs?: string;
  /** Resource id of the hub for alerts; by default it is found by the names in the settings. */
  readonly hub?: string;
  /** Resource id of the VoIP hub; by default it is found the same way. */
  readonly voipHub?: string;
  /** Resource id of the Function App. */
  readonly app?: string;
  readonly subscription?: string;
  /** Platforms of the apps. */
  readonly platforms: readonly Platform[];
  /** Check native push through the linked hub, without this relay. */
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
  /** The same hub in Azure, when known. */
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
 * The hub of native push without this relay: the connection string that ACS was linked with, from the setting that the
 * relay would read. No other setting is needed.
 */
export function nativeHubs(env: Environment): {
  readonly hubs: readonly ConfiguredHub[];
  readonly findings: readonly Finding[];
} {
  const setting = 'NOTIFICATION_HUB_CONNECTION_STRING';
  const text = env[setting]?.trim() ?? '';
  const fix = `Set ${setting} to the connection string that ACS was linked with; ACS does not return it.`;
  if (text === '') {
    const why = 'The key that ACS uses cannot be tested: its connection string is unknown.';
    return { hubs: [], findings: [{ kind: 'could-not-check', check: 'hub-key', why, fix }] };
  }
  try {
    const connection = parseHubConnection(text);
    const hubName = env['NOTIFICATION_HUB_NAME']?.trim() || connection.entityPath;
    if (hubName !== undefined) {
      return { hubs: [{ role: 'alert', setting, hub: { connection, hubName } }], findings: [] };
    }
    const why = 'The hub name is unknown: the connection string has no EntityPath.';
    const named = 'Set NOTIFICATION_HUB_NAME to the hub name shown in the Azure portal.';
    return { hubs: [], findings: [{ kind: 'wrong', check: 'settings', about: setting, why, fix: named }] };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const why = `The connection string is invalid: ${error.problems.join('; ')}.`;
    return { hubs: [], findings: [{ kind: 'wrong', check: 'settings', about: setting, why, fix }] };
  }
}
