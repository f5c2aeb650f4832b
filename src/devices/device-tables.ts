import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { omitUndefined } from '../shared/json.ts';
import { dataObject } from '../shared/schema.ts';
import { dayDigits } from '../shared/time.ts';
import type { TableCells, TableRow, TableService, TableStore } from '../storage/tables.ts';
import type { Device, DeviceKey } from './device.ts';

/** The tables of the registry. */
export interface DeviceTables {
  /** Partition = recipientId, row = deviceId. */
  readonly devices: TableStore;
  /** Partition = hash of a handle, with a single row that names the device owning it. */
  readonly handles: TableStore;
  /**
   * The expiry index: one table per day, such as `expiries20270521`, with an entry for each device to check once that
   * day is over. The device's row in `devices` names the day (`sweepDay`). The entry exists from before the device is
   * stored until after it is removed. A renewal does not move it: the sweep refiles a device that is still alive.
   */
  readonly expiries: TableService;
}

/** A row of the table `devices`. */
export type StoredDevice = ActiveDevice | InactiveDevice | ForeignDevice | UnreadableDevice;

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

/** A device of an app that this version does not know. It is never listed, since its pushes need another hub. */
interface ForeignDevice extends StoredRow {
  readonly kind: 'foreign';
  readonly device: Device;
}

/** A row that was damaged, or that another version of the relay wrote. It is never listed, and kept. */
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
  /** Cells that another version of the relay wrote: they are carried through every write. */
  readonly foreignCells: TableCells;
}

/** Whether a row of the table `devices` is a device: keys that begin with `!` are kept for what users say of themselves. */
export function isDeviceRow({ rowKey }: TableRow): boolean {
  return !rowKey.startsWith('!');
}

/** The cells of a device in the table `devices`; {@link readStoredDevice} reads them. */
export function deviceCells(
  device: Device,
  { active, claims, sweepDay, foreignCells }: DeviceBookkeeping & { readonly active: boolean },
): TableCells {
  const { recipientId: _partition, deviceId: _row, ...cells } = device;
  const filed = sweepDay === undefined ? {} : { sweepDay };
  return { ...foreignCells, ...cells, active, claims: claims.join(' '), ...filed };
}

const cellShape = {
  platform: z.enum(['apns', 'fcmv1']),
  handle: z.string().check(z.minLength(1)),
  voipHandle: z.optional(z.string().check(z.minLength(1))),
  locale: z.optional(z.string()),
  registeredAtMs: z.number(),
  expiresAtMs: z.number(),
  active: z.boolean(),
};
const cellsSchema = dataObject(cellShape);
const knownCells: ReadonlySet<string> = new Set([...Object.keys(cellShape), 'claims', 'sweepDay']);
const claimsSchema = z.catch(z.string(), '');
const sweepDaySchema = z.catch(z.optional(z.string().check(z.regex(/^\d{8}$/))), undefined);

/** Reads a row of the table `devices`. */
export function readStoredDevice(row: TableRow): StoredDevice {
  const claims = claimsSchema
    .parse(row.cells['claims'])
    .split(' ')
    .filter((hash) => hash !== '');
  const sweepDay = sweepDaySchema.parse(row.cells['sweepDay']);
  const foreignCells = Object.fromEntries(
    Object.entries(row.cells).filter(([name]) => !knownCells.has(name)),
  );
  const stored = { row, claims, foreignCells, ...(sweepDay === undefined ? {} : { sweepDay }) };
  const parsed = z.safeParse(cellsSchema, row.cells);
  if (!parsed.success) return { kind: 'unreadable', ...stored };
  const { active, voipHandle, locale, ...rest } = parsed.data;
  const device: Device = {
    recipientId: row.partitionKey,
    deviceId: row.rowKey,
    ...rest,
    ...omitUndefined({ voipHandle, locale }),
  };
  const { app = 'default' } = foreignCells;
  if (app !== 'default') return { kind: 'foreign', device, ...stored };
  return { kind: active ? 'active' : 'inactive', device, ...stored };
}

/** The device in a row if it can be pushed to: active and not expired. */
export function liveDevice(stored: StoredDevice, nowMs: number): Device | undefined {
  return stored.kind === 'active' && stored.device.expiresAtMs > nowMs ? stored.device : undefined;
}

// A registration or removal that has not finished after this time has crashed.
const unfinishedMs = 3_600_000;

/**
 * Whether a stored device can be removed: expired, or left behind by a registration or removal that crashed. A row that
 * this version cannot judge may be a newer version's device: two versions share the table during a deployment.
 */
export function isDead(stored: StoredDevice, nowMs: number): boolean {
  if (stored.kind === 'unreadable' || stored.kind === 'foreign') return false;
  if (stored.kind === 'active') return stored.device.expiresAtMs <= nowMs;
  return stored.device.registeredAtMs <= nowMs - unfinishedMs;
}

/** The names of the tables of the expiry index are this prefix and a day, see `dayDigits`. */
export const expiryTablePrefix = 'expiries';

/**
 * The partitions of every table of the expiry index. A partition is read with one query, and Azure returns at most
 * 1,000 rows per request, so a day can hold about 256,000 devices before a partition needs a second request.
 */
export const expiryShards: readonly string[] = Array.from({ length: 256 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
);

/** The partition and row key of a device in a table of the expiry index. Devices spread evenly over {@link expiryShards}. */
export function expiryRowKey({ recipientId, deviceId }: DeviceKey): readonly [string, string] {
  const rowKey = hash('sha256', JSON.stringify([recipientId, deviceId]), 'hex');
  return [rowKey.slice(0, 2), rowKey];
}

/** Files a device in the expiry index under the day it expires, and returns that day. One request. */
export async function fileExpiry(expiries: TableService, device: Device): Promise<string> {
  const { recipientId, deviceId, expiresAtMs } = device;
  const day = dayDigits(expiresAtMs);
  const index = expiries.table(expiryTablePrefix + day);
  await index.put(...expiryRowKey({ recipientId, deviceId }), { recipientId, deviceId });
  return day;
}

/** An entry of the expiry index, in the version that was read. */
interface ExpiryEntry {
  readonly day: string;
  readonly row: TableRow;
}

/** Looks a device up in the expiry index under a day. One request. */
export async function readExpiry(
  expiries: TableService,
  key: DeviceKey,
  day: string,
): Promise<ExpiryEntry | undefined> {
  const row = await expiries.table(expiryTablePrefix + day).get(...expiryRowKey(key));
  return row && { day, row };
}

/** Removes an entry from the expiry index, unless it was written again since it was read. One request. */
export async function removeExpiry(expiries: TableService, { day, row }: ExpiryEntry): Promise<void> {
  await expiries.table(expiryTablePrefix + day).remove(row.partitionKey, row.rowKey, row.etag);
}

const maxRounds = 10;

/**
 * Repeats a read-then-write until no concurrent writer gets in between, at most 10 times.
 *
 * @param round reads, writes, and returns the result, or `stale` when a row changed between the read and the write.
 * @throws RelayError `STORAGE_UNAVAILABLE` when every round was stale; it is safe to retry later.
 */
export async function repeatWhileStale<Result>(round: () => Promise<Result | 'stale'>): Promise<Result> {
  for (let count = 0; count < maxRounds; count += 1) {
    const result = await round();
    if (result !== 'stale') return result;
  }
  throw new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `Concurrent requests changed the device or its handle ${maxRounds} times in a row. It is safe to retry.`,
  });
}
