import { deviceIdProblem, isDeviceId, parseRegistration } from '../../devices/registration.ts';
import { type DeviceView, deviceView } from '../../http/device-api.ts';
import { omitUndefined } from '../../shared/json.ts';
import { type AppIo, type ExitCode, exitCode, inputUnusable, parseUser, withApp } from '../io.ts';
import { counted, jsonText, textTable } from '../terminal.ts';

/** The options of `devices list`. */
export interface ListOptions {
  readonly json?: boolean;
}

/** The options of `devices add`. */
export interface AddOptions {
  readonly platform: string;
  readonly handle: string;
  readonly voipHandle?: string;
  readonly locale?: string;
  readonly json?: boolean;
}

/** The options of `devices remove`. */
export interface RemoveOptions {
  /** All data of the user. */
  readonly all?: boolean;
  readonly json?: boolean;
}

const columns: readonly (keyof DeviceView)[] = [
  'deviceId',
  'platform',
  'handle',
  'voipHandle',
  'locale',
  'registeredAt',
  'expiresAt',
];
const heading = ['device', 'platform', 'handle', 'VoIP handle', 'locale', 'registered', 'expires'];

/**
 * `acs-relay devices list`: the devices of a user that can receive pushes. An unknown user has none.
 *
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE` or `STORAGE_UNAVAILABLE`
 */
export async function runList(user: string, options: ListOptions, io: AppIo): Promise<ExitCode> {
  const recipientId = parseUser(user);
  const devices = await withApp(io, (app) => app.devices.list(recipientId));
  const views = devices.map(deviceView);
  if (options.json) {
    io.out(views.map((view) => `${jsonText(view)}\n`).join(''));
  } else if (views.length === 0) {
    io.out('This user has no device that can receive pushes.\n');
  } else {
    const rows = views.map((view) => columns.map((column) => view[column] ?? '-'));
    io.out(`${textTable([heading, ...rows])}\n${counted(views.length, 'device')}.\n`);
  }
  return exitCode.same;
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
    throw inputUnusable(deviceIdProblem);
  }
  const parsed = parseRegistration(omitUndefined(fields));
  if (parsed.kind === 'invalid') {
    throw inputUnusable(`The registration is invalid: ${parsed.problems.join('; ')}.`);
  }
  const { registration } = parsed;
  const registered = await withApp(io, (app) => app.devices.register(recipientId, deviceId, registration));
  const { kind } = registered;
  const view = deviceView(registered.device);
  if (json) io.out(`${jsonText({ done: kind, ...view })}\n`);
  else io.out(`${kind === 'created' ? 'Registered' : 'Renewed'} ${deviceId}, until ${view.expiresAt}.\n`);
  return exitCode.same;
}

const confirmations = {
  removed: 'Removed. The device receives no more pushes unless the app registers it again.',
  erased: 'Removed all data of this user. Apps that register again receive pushes again.',
  'not-found': 'This user has no such device. Nothing was removed.',
} as const;

/**
 * `acs-relay devices remove`: removes a device of a user, or all data of the user.
 *
 * @returns 0, or 1 when the device does not exist
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
  const done = await withApp(io, async ({ devices }) => {
    if (deviceId === undefined) {
      await devices.erase(recipientId);
      return 'erased';
    }
    // Storage would reject an invalid id as a key.
    return isDeviceId(deviceId) ? devices.remove(recipientId, deviceId) : 'not-found';
  });
  if (json) io.out(`${jsonText({ done, ...(deviceId === undefined ? {} : { deviceId }) })}\n`);
  else io.out(`${confirmations[done]}\n`);
  return done === 'not-found' ? exitCode.different : exitCode.same;
}
