import { parseHubConnection } from '../../config/hub-connection.ts';
import type { Environment } from '../../config/settings-reader.ts';
import { RelayError } from '../../errors/errors.ts';
import type { ConfiguredHub } from './configured-hub.ts';
import type { Finding } from './finding.ts';

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
