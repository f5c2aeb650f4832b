import { readCallers } from '../config/read-callers.ts';
import type { Environment } from '../config/settings-reader.ts';
import { createSettingsReader } from '../config/settings-reader.ts';
import { deviceApiAuthLevel, eventsAuthLevel } from '../http/authentication.ts';

/** What the Functions host checks before it calls an HTTP Function. */
export interface AuthLevels {
  readonly deviceApi: 'function' | 'anonymous';
  readonly events: 'function' | 'anonymous';
}

/**
 * Decides, when the Functions are registered, which of them the host must ask a key for. With wrong or half settings it
 * is both: nothing is open by mistake.
 */
export function authLevels(env: Environment): AuthLevels {
  const reader = createSettingsReader(env);
  const { deviceApi, eventsEntra } = readCallers(reader);
  if (reader.problems.length > 0) return { deviceApi: 'function', events: 'function' };
  return { deviceApi: deviceApiAuthLevel(deviceApi), events: eventsAuthLevel(eventsEntra) };
}
