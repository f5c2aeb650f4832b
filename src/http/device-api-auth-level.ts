import type { DeviceApiSettings } from '../config/relay-config.ts';

/**
 * The `authLevel` of the device API's Functions: `anonymous` only when bearer tokens are checked by completely given
 * settings; in any doubt the host asks for the Functions key.
 */
export function deviceApiAuthLevel(settings: DeviceApiSettings | undefined): 'function' | 'anonymous' {
  if (settings === undefined) return 'function';
  const { issuer, audience, jwksUrl, userClaim } = settings;
  return [issuer, audience, jwksUrl, userClaim].every((value) => value !== '') ? 'anonymous' : 'function';
}
