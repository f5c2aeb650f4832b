import * as z from 'zod/mini';
import { omitUndefined } from '../shared/json.ts';
import { dataObject } from '../shared/schema.ts';
import type { TableCells, TableRow } from '../storage/tables.ts';
import type { Device } from './device.ts';

/** A row of the table `devices`. */
export type StoredDevice = ActiveDevice | InactiveDevice | UnreadableDevice;

/** A device that is pushed to until it expires. */
export interface ActiveDevice extends StoredRow {
  readonly kind: 'active';
  readonly device: Device;
}

/** A device whose registration or removal is under way, or crashed. It is never listed. */
interface InactiveDevice extends StoredRow {
  readonly kind: 'inactive';
  readonly device: Device;
}

/** A row that was damaged, for instance edited by hand. It is never listed. */
interface UnreadableDevice extends StoredRow {
  readonly kind: 'unreadable';
}

interface StoredRow extends DeviceBookkeeping {
  readonly row: TableRow;
}

/** What a row of the table `devices` holds besides the device itself. */
interface DeviceBookkeeping {
  /** Hashes of every handle this device may own in the table `handles`, so that they can be found and released. */
  readonly claims: readonly string[];
  /** Day of the expiry index under which the device is filed; absent when it is not. */
  readonly sweepDay?: string;
}

/** The cells of a device in the table `devices`; {@link readStoredDevice} reads them. */
export function deviceCells(
  device: Device,
  { active, claims, sweepDay }: DeviceBookkeeping & { readonly active: boolean },
): TableCells {
  const { recipientId: _partition, deviceId: _row, ...cells } = device;
  return { ...cells, active, claims: claims.join(' '), ...(sweepDay === undefined ? {} : { sweepDay }) };
}

const cellsSchema = dataObject({
  platform: z.enum(['apns', 'fcmv1']),
  handle: z.string().check(z.minLength(1)),
  voipHandle: z.optional(z.string().check(z.minLength(1))),
  locale: z.optional(z.string()),
  registeredAtMs: z.number(),
  expiresAtMs: z.number(),
  active: z.boolean(),
});
const claimsSchema = z.catch(z.string(), '');
const sweepDaySchema = z.catch(z.optional(z.string().check(z.regex(/^\d{8}$/))), undefined);

/** Reads a row of the table `devices`. */
export function readStoredDevice(row: TableRow): StoredDevice {
  const claims = claimsSchema
    .parse(row.cells['claims'])
    .split(' ')
    .filter((hash) => hash !== '');
  const sweepDay = sweepDaySchema.parse(row.cells['sweepDay']);
  const stored = { row, claims, ...(sweepDay === undefined ? {} : { sweepDay }) };
  const parsed = z.safeParse(cellsSchema, row.cells);
  if (!parsed.success) return { kind: 'unreadable', ...stored };
  const { active, voipHandle, locale, ...rest } = parsed.data;
  const device: Device = {
    recipientId: row.partitionKey,
    deviceId: row.rowKey,
    ...rest,
    ...omitUndefined({ voipHandle, locale }),
  };
  return { kind: active ? 'active' : 'inactive', device, ...stored };
}

/** The device in a row if it can be pushed to: active and not expired. */
export function liveDevice(stored: StoredDevice, nowMs: number): Device | undefined {
  return stored.kind === 'active' && stored.device.expiresAtMs > nowMs ? stored.device : undefined;
}

// A registration or removal that has not finished after this time has crashed.
const unfinishedMs = 3_600_000;

/** Whether a stored device can be removed: expired, unreadable, or left behind by a registration or removal that crashed. */
export function isDead(stored: StoredDevice, nowMs: number): boolean {
  if (stored.kind === 'unreadable') return true;
  if (stored.kind === 'active') return stored.device.expiresAtMs <= nowMs;
  return stored.device.registeredAtMs <= nowMs - unfinishedMs;
}
