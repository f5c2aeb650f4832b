import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import type { Device } from '../../devices/device.ts';
import { inputUnusable } from '../io.ts';

const registeredAtMs = Date.UTC(2020, 0, 1);
const expiresAtMs = Date.UTC(2100, 0, 1);
const text = z.string().min(1).max(4096);

const devicesFile = z
  .array(
    z.strictObject({
      recipientId: text.optional(),
      deviceId: text,
      platform: z.enum(['apns', 'fcmv1']),
      handle: text,
      voipHandle: text.optional(),
      locale: text.optional(),
    }),
  )
  .max(1000);

/**
 * The default devices of every recipient: an iPhone in Swedish with a VoIP handle, and an Android phone in English. Their
 * handles are invented, and the same on every run.
 */
export function sampleDevices(recipientId: string): readonly Device[] {
  const common = { recipientId, registeredAtMs, expiresAtMs };
  return [
    {
      ...common,
      deviceId: 'sample-iphone',
      platform: 'apns',
      handle: invented(`alert ${recipientId}`),
      voipHandle: invented(`voip ${recipientId}`),
      locale: 'sv',
    },
    {
      ...common,
      deviceId: 'sample-android',
      platform: 'fcmv1',
      handle: `sample:${invented(`fcm ${recipientId}`)}`,
      locale: 'en',
    },
  ];
}

/**
 * Reads a file of devices to replay with: a JSON array of `{"deviceId","platform","handle","voipHandle"?,"locale"?}`.
 * A device with a `recipientId` belongs to that user only, one without to every user.
 *
 * @returns the device lookup of a replay
 * @throws RelayError `INPUT_UNUSABLE` with every problem, but without handles.
 */
export async function readDevicesFile(
  path: string,
  cwd: string,
): Promise<(recipientId: string) => readonly Device[]> {
  const parsed = devicesFile.safeParse(await readJson(path, cwd));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`,
    );
    throw inputUnusable(`The devices file ${path} is invalid: ${problems.join('; ')}.`);
  }
  return (recipientId) =>
    parsed.data
      .filter((device) => device.recipientId === undefined || device.recipientId === recipientId)
      .map(({ deviceId, platform, handle, voipHandle, locale }) => ({
        recipientId,
        deviceId,
        platform,
        handle,
        ...(voipHandle === undefined ? {} : { voipHandle }),
        ...(locale === undefined ? {} : { locale }),
        registeredAtMs,
        expiresAtMs,
      }));
}

// As long as an APNs device token: 64 hexadecimal digits.
function invented(seed: string): string {
  return hash('sha256', `sample device ${seed}`, 'hex');
}

async function readJson(path: string, cwd: string): Promise<unknown> {
  let content: string;
  try {
    content = await readFile(resolve(cwd, path), 'utf8');
  } catch (error) {
    throw inputUnusable(`Cannot read the devices file ${path}.`, error);
  }
  try {
    return JSON.parse(content);
  } catch {
    // The parser's own message would quote the file, and with it a handle.
    throw inputUnusable(`The devices file ${path} is not valid JSON.`);
  }
}
