import { composeApp } from '../../app/compose-app.ts';
import type { DeviceRegistry } from '../../devices/device-registry.ts';
import { deviceIdProblem, isDeviceId, parseRegistration } from '../../devices/registration.ts';
import { type DeviceView, deviceView } from '../../http/device-api.ts';
import { omitUndefined } from '../../shared/json.ts';
import { type AppIo, type ExitCode, exitCode, inputUnusable, parseUser, readSettings } from '../io.ts';
import { counted, jsonText, textTable } from '../terminal.ts';

/** What `devices list` was asked for. */
export interface ListOptions {
  readonly json?: boolean;
}

/** What `devices add` was asked for. */
export interface AddOptions {
  readonly platform: string;
  readonly handle: string;
  readonly voipHandle?: string;
  readonly locale?: string;
  readonly json?: boolean;
}

/** What `devices remove` was asked for. */
export interface RemoveOptions {
  /** Everything about the user. */
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

const said = {
  removed: 'Removed. The device is not pushed to any more, unless the app registers it again.',
  erased: 'Everything about this user is removed. Apps that register again come back.',
  'not-found': 'This user has no such device: nothing was removed.',
} as const;

/**
 * `acs-relay devices list`: where a user can be pushed to. A user nobody has heard of has no devices.
 *
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE` or `STORAGE_UNAVAILABLE`
 */
export async function runList(user: string, options: ListOptions, io: AppIo): Promise<ExitCode> {
  const recipientId = parseUser(user);
  const devices = await withRegistry(io, (registry) => registry.list(recipientId));
  const views = devices.map(deviceView);
  if (options.json) {
    io.out(views.map((view) => `${jsonText(view)}\n`).join(''));
  } else if (views.length === 0) {
    io.out('This user has no device that can be pushed to.\n');
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
    throw inputUnusable(`The device cannot be registered: ${parsed.problems.join('; ')}.`);
  }
  const { registration } = parsed;
  const registered = await withRegistry(io, (registry) =>
    registry.register(recipientId, deviceId, registration),
  );
  const { kind } = registered;
  const view = deviceView(registered.device);
  if (json) io.out(`${jsonText({ done: kind, ...view })}\n`);
  else io.out(`${kind === 'created' ? 'Registered' : 'Renewed'} ${deviceId}, until ${view.expiresAt}.\n`);
  return exitCode.same;
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

/**
 * Does something with the registry of the app, and ends its connections.
 *
 * @throws RelayError `CONFIG_INVALID`, and what `work` throws
 */
async function withRegistry<Result>(
  io: AppIo,
  work: (registry: DeviceRegistry) => Promise<Result>,
): Promise<Result> {
  const app = await composeApp(readSettings(io));
  try {
    for (const warning of app.warnings) io.err(`acs-relay: ${warning}\n`);
    return await work(app.devices);
  } finally {
    await app.close();
  }
}
