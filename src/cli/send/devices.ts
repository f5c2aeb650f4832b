import type { DeviceRegistry } from '../../devices/device-registry.ts';
import { isDeviceId, parseRegistration } from '../../devices/registration.ts';
import type { NotificationKind } from '../../notifications/notification.ts';
import type { PushTarget } from '../../notifications/push.ts';
import { inputUnusable, parseUser } from '../io.ts';

/** The options of `acs-relay send`. */
export interface SendOptions {
  /** rawId of the recipient. */
  readonly user: string;
  readonly kind: NotificationKind;
  /** Only this device of the user. */
  readonly device?: string;
  /** A device handle, registered or not, in place of the user's devices. */
  readonly handle?: string;
  /** Platform of `handle`. */
  readonly platform?: string;
  /** `handle` is a PushKit token. */
  readonly voip?: boolean;
  /** BCP 47 tag for `handle`. */
  readonly locale?: string;
  /** Name of the caller or sender; empty for none. */
  readonly callerName?: string;
  /** Text of the message. */
  readonly text?: string;
  /** Id of an earlier test, whose call or message this one refers to. */
  readonly test?: string;
  /** How long to retry, seconds. */
  readonly wait: number;
  /** Print the requests, and send nothing. */
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** Send without asking. */
  readonly yes?: boolean;
}

/** The target of a test: a registered device, or just a handle. */
export interface TestDevice extends PushTarget {
  readonly handle: string;
}

/** The options that select the devices. */
export type DeviceChoice = Pick<
  SendOptions,
  'user' | 'kind' | 'device' | 'handle' | 'platform' | 'voip' | 'locale'
>;

/**
 * The selected devices. With a handle, storage is not read.
 *
 * @throws RelayError `INPUT_UNUSABLE` for conflicting options, an invalid value, or when no device is found;
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
    throw inputUnusable('--platform, --voip and --locale require --handle. A registered device has its own.');
  }
  if (deviceId === undefined) {
    const devices = await registry.list(recipientId);
    if (devices.length > 0) return devices;
    throw inputUnusable(
      'This user has no device that can receive pushes. Let the app register one, or see "acs-relay devices add".',
    );
  }
  const device = isDeviceId(deviceId) ? await registry.get(recipientId, deviceId) : undefined;
  if (device !== undefined) return [device];
  throw inputUnusable('This user has no such device. See "acs-relay devices list".');
}

function unregistered(recipientId: string, handle: string, choice: DeviceChoice): TestDevice {
  const { kind, device, platform, voip = false, locale } = choice;
  if (device !== undefined) throw inputUnusable('Give either --device or --handle, not both.');
  if (platform === undefined) throw inputUnusable('--handle requires --platform apns or --platform fcmv1.');
  if (voip && (platform !== 'apns' || kind !== 'incoming-call')) {
    throw inputUnusable(
      '--voip is only valid with --platform apns and --kind incoming-call: iOS terminates an app that receives a VoIP push without a call.',
    );
  }
  const parsed = parseRegistration({ platform, handle, ...(locale === undefined ? {} : { locale }) });
  if (parsed.kind === 'invalid') {
    throw inputUnusable(`The device is invalid: ${parsed.problems.join('; ')}.`);
  }
  const { registration } = parsed;
  return {
    recipientId,
    deviceId: 'not-registered',
    ...registration,
    ...(voip ? { voipHandle: registration.handle } : {}),
  };
}
