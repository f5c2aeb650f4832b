import { isLoopbackHost } from '../shared/loopback.ts';
import type { DeviceApiSettings, EventsEntraSettings } from './relay-config.ts';
import type { SettingName } from './settings.ts';
import type { SettingsReader } from './settings-reader.ts';

/** How callers of the HTTP Functions are authenticated, beyond a Functions key. */
interface CallerSettings {
  readonly deviceApi?: DeviceApiSettings;
  readonly eventsEntra?: EventsEntraSettings;
}

/** Reads both groups of caller settings. A group is complete or absent: an incomplete one is reported and not used. */
export function readCallers(reader: SettingsReader): CallerSettings {
  const device = readGroup(reader, [
    'DEVICE_API_ISSUER',
    'DEVICE_API_AUDIENCE',
    'DEVICE_API_JWKS_URL',
    'DEVICE_API_USER_CLAIM',
  ]);
  const events = readGroup(reader, ['EVENTS_ENTRA_TENANT_ID', 'EVENTS_ENTRA_AUDIENCE']);
  const [issuer, audience, jwksUrl, userClaim] = device;
  const [tenantId, eventsAudience] = events;
  if (jwksUrl !== undefined && !isKeyAddress(jwksUrl)) {
    reader.report(
      'DEVICE_API_JWKS_URL',
      'an address that is not https',
      'Set the https address of the key set of your identity provider.',
    );
  }
  return {
    ...(issuer !== undefined && audience !== undefined && jwksUrl !== undefined && userClaim !== undefined
      ? { deviceApi: { issuer, audience, jwksUrl, userClaim } }
      : {}),
    ...(tenantId !== undefined && eventsAudience !== undefined
      ? { eventsEntra: { tenantId, audience: eventsAudience } }
      : {}),
  };
}

function readGroup(reader: SettingsReader, names: readonly SettingName[]): readonly (string | undefined)[] {
  const values = names.map((name) => reader.text(name));
  const missing = names.filter((_, index) => values[index] === undefined);
  if (missing.length === 0 || missing.length === names.length) return values;
  const present = names.filter((name) => !missing.includes(name));
  const found = `nothing, although ${present.join(', ')} ${present.length === 1 ? 'is' : 'are'} set`;
  for (const name of missing) {
    reader.report(name, found, 'Set it too, or remove the whole group.');
  }
  return [];
}

// Plain http is accepted only for a key set on the developer's own machine.
function isKeyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}
