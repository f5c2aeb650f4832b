import { isDeviceId, parseRegistration } from '../../devices/registration.ts';
import { deviceView } from '../../http/device-api.ts';
import { defined } from '../../shared/json.ts';
import type { AppIo } from '../app-io.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { inputUnusable } from '../input-unusable.ts';
import { jsonText } from '../json-text.ts';
import { parseUser } from '../parse-user.ts';
import { withRegistry } from './with-registry.ts';

/** What `devices add` was asked for. */
export interface AddOptions {
  readonly platform: string;
  readonly handle: string;
  readonly voipHandle?: string;
  readonly locale?: string;
  readonly json?: boolean;
}

/**
 * `acs-relay devices add`: registers a device, or renews it, with every check of the device API.
 *
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE` with every problem, or `STORAGE_UNAVAILABLE`
 */
export async function runAdd(
  user: string,
  deviceId: string,
  { json = false, ...fields }: AddOptions,
  io: AppIo,
): Promise<ExitCode> {
  const recipientId = parseUser(user);
  if (!isDeviceId(deviceId)) {
    throw inputUnusable('The device id must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -');
  }
  const parsed = parseRegistration(defined(fields));
  if (parsed.kind === 'invalid') {
    throw inputUnusable(`The device cannot be registered: ${parsed.problems.join('; ')}.`);
  }
  const { registration } = parsed;
  const registered = await withRegistry(io, (registry) =>
    registry.register(recipientId, deviceId, registration),
  );
  const { kind } = registered;
  const view = deviceView(registered.device);
  if (json) io.out(`${jsonText({ done: kind, ...view })}\n`);
  else io.out(`${kind === 'created' ? 'Registered' : 'Renewed'} ${deviceId}, until ${view['expiresAt']}.\n`);
  return exitCode.same;
}
