import type { DeviceRegistry } from '../../devices/device-registry.ts';
import { isDeviceId, parseRegistration } from '../../devices/registration.ts';
import type { NotificationKind } from '../../notifications/notification.ts';
import type { PushTarget } from '../../notifications/push.ts';
import { inputUnusable, parseUser } from '../io.ts';

/** What `acs-relay send` was asked for. */
export interface SendOptions {
  /** rawId of the user the notification is for. */
  readonly user: string;
  readonly kind: NotificationKind;
  /** Only this device of the user, rather than all. */
  readonly device?: string;
  /** A device handle that need not be registered, rather than the user's devices. */
  readonly handle?: string;
  /** Platform of `handle`. */
  readonly platform?: string;
  /** `handle` is a PushKit token. */
  readonly voip?: boolean;
  /** BCP 47 tag for `handle`. */
  readonly locale?: string;
  /** Name of the caller or sender; empty for one without a name. */
  readonly callerName?: string;
  /** Text of the message. */
  readonly text?: string;
  /** Id of an earlier test, whose call or message this one is about. */
  readonly test?: string;
  /** How long to go on trying, seconds. */
  readonly wait: number;
  /** Print the requests, and send nothing. */
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** Send without asking. */
  readonly yes?: boolean;
}

/** A device a test is sent to: a registered one, or just a handle. */
export interface TestDevice extends PushTarget {
  readonly handle: string;
}

/** What decides which devices are meant. */
export type DeviceChoice = Pick<
  SendOptions,
  'user' | 'kind' | 'device' | 'handle' | 'platform' | 'voip' | 'locale'
>;

/**
 * The devices that are meant. With a handle storage is not asked.
 *
 * @throws RelayError `INPUT_UNUSABLE` when the options do not go together, a value is no valid one, or there is no device;
 *   `STORAGE_UNAVAILABLE`
 */
export async function chooseDevices(
  choice: DeviceChoice,
  registry: Pick<DeviceRegistry, 'get' | 'list'>,
): Promise<readonly TestDevice[]> {
  const recipientId = parseUser(choice.user);
  const { device: deviceId, handle } = choice;
  if (handle !== undefined) return [unregistered(recipientId, handle, choice)];
  if (choice.platform !== undefined || choice.voip === true || choice.locale !== undefined) {
    throw inputUnusable(
      '--platform, --voip and --locale belong to --handle. A registered device has its own.',
    );
  }
  if (deviceId === undefined) {
    const devices = await registry.list(recipientId);
    if (devices.length > 0) return devices;
    throw inputUnusable(
      'This user has no device that can be pushed to. Let the app register one, or see "acs-relay devices add".',
    );
  }
  const device = isDeviceId(deviceId) ? await registry.get(recipientId, deviceId) : undefined;
  if (device !== undefined) return [device];
  throw inputUnusable('This user has no such device. See "acs-relay devices list".');
}

function unregistered(recipientId: string, handle: string, choice: DeviceChoice): TestDevice {
  const { kind, device, platform, voip = false, locale } = choice;
  if (device !== undefined) throw inputUnusable('Give either --device or --handle, not both.');
  if (platform === undefined) throw inputUnusable('Give the --platform of the handle: apns or fcmv1.');
  if (voip && (platform !== 'apns' || kind !== 'incoming-call')) {
    throw inputUnusable(
      '--voip is for --platform apns and --kind incoming-call only: iOS ends an app that gets a VoIP push which is no call.',
    );
  }
  const parsed = parseRegistration({ platform, handle, ...(locale === undefined ? {} : { locale }) });
  if (parsed.kind === 'invalid') {
    throw inputUnusable(`The device cannot be pushed to: ${parsed.problems.join('; ')}.`);
  }
  const { registration } = parsed;
  return {
    recipientId,
    deviceId: 'not-registered',
    ...registration,
    ...(voip ? { voipHandle: registration.handle } : {}),
  };
}
