import { isDeviceId } from '../../devices/registration.ts';
import type { AppIo } from '../app-io.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { inputUnusable } from '../input-unusable.ts';
import { jsonText } from '../json-text.ts';
import { parseUser } from '../parse-user.ts';
import { withRegistry } from './with-registry.ts';

/** What `devices remove` was asked for. */
export interface RemoveOptions {
  /** Everything about the user. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * `acs-relay devices remove`: takes a device from a user, or everything about the user.
 *
 * @returns 0, or 1 when there was no such device
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE` or `STORAGE_UNAVAILABLE`
 */
export async function runRemove(
  user: string,
  deviceId: string | undefined,
  { all = false, json = false }: RemoveOptions,
  io: AppIo,
): Promise<ExitCode> {
  const recipientId = parseUser(user);
  if (all === (deviceId !== undefined)) throw inputUnusable('Give either the id of a device or --all.');
  const done = await withRegistry(io, async (registry) => {
    if (deviceId === undefined) {
      await registry.erase(recipientId);
      return 'erased';
    }
    // An id that no device can have would be refused as a key.
    return isDeviceId(deviceId) ? registry.remove(recipientId, deviceId) : 'not-found';
  });
  if (json) io.out(`${jsonText({ done, ...(deviceId === undefined ? {} : { deviceId }) })}\n`);
  else io.out(`${said[done]}\n`);
  return done === 'not-found' ? exitCode.different : exitCode.same;
}

const said = {
  removed: 'Removed. The device is not pushed to any more, unless the app registers it again.',
  erased: 'Everything about this user is removed. Apps that register again come back.',
  'not-found': 'This user has no such device: nothing was removed.',
} as const;
