import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { dataObject } from '../shared/schema.ts';
import type { TableCells, TableRow, TableService, TableStore } from '../storage/tables.ts';
import type { Device } from './device.ts';

/** The tables of the registry. */
export interface DeviceTables {
  /** Partition = recipient, row = deviceId. */
  readonly devices: TableStore;
  /** Partition = hash of a handle, one row: which device owns it. */
  readonly handles: TableStore;
  /**
   * The expiry index: a table for each day, `expiries20270521`, with a row for each device that is to be looked at when
   * the day is over. A device has a row on the day its row in `devices` names (`sweepDay`), from before it is stored
   * until after it has gone. A renewal leaves it there: the sweep files the device anew when it finds it alive.
   */
  readonly expiries: TableService;
}

/** A row of the table `devices`. */
export interface StoredDevice {
  readonly row: TableRow;
  /** Absent when the row cannot be read (somebody changed it by hand). */
  readonly device?: Device;
  /** False while a registration or removal is under way; such a device is never listed. */
  readonly active: boolean;
  /** Hashes of every handle this device may own in the table `handles`; so that they can be found and released. */
  readonly claims: readonly string[];
  /** Day of the expiry index under which the device is filed; absent when it is not. */
  readonly sweepDay?: string;
}

/** What the operations of the registry share. */
export interface RegistryContext extends DeviceTables {
  /** Now, read once per operation, epoch milliseconds. */
  readonly nowMs: number;
  /** How long a registration lives without renewal, in milliseconds. */
  readonly deviceTtlMs: number;
  /** How many devices a user may have. */
  readonly devicesPerUser: number;
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

// A registration or removal that did not finish in this time has crashed.
const unfinishedMs = 3_600_000;

const maxRounds = 10;

/**
 * The cells of a device in the table `devices`.
 *
 * @param sweepDay the day of the expiry index under which it is filed, if it is.
 */
export function deviceCells(
  device: Device,
  active: boolean,
  claims: readonly string[],
  sweepDay: string | undefined,
): TableCells {
  const { recipientId: _partition, deviceId: _row, ...cells } = device;
  return { ...cells, active, claims: claims.join(' '), ...(sweepDay === undefined ? {} : { sweepDay }) };
}

/** Reads a row of the table `devices`; one that cannot be read is inactive and has no device. */
export function readStoredDevice(row: TableRow): StoredDevice {
  const claims = claimsSchema
    .parse(row.cells['claims'])
    .split(' ')
    .filter((hash) => hash !== '');
  const sweepDay = sweepDaySchema.parse(row.cells['sweepDay']);
  const filed = sweepDay === undefined ? {} : { sweepDay };
  const parsed = z.safeParse(cellsSchema, row.cells);
  if (!parsed.success) return { row, active: false, claims, ...filed };
  const { active, voipHandle, locale, ...rest } = parsed.data;
  const device = {
    recipientId: row.partitionKey,
    deviceId: row.rowKey,
    ...rest,
    ...(voipHandle === undefined ? {} : { voipHandle }),
    ...(locale === undefined ? {} : { locale }),
  };
  return { row, device, active, claims, ...filed };
}

/** Whether a stored device can be pushed to: readable, active and not expired. */
export function isLive(
  stored: StoredDevice,
  nowMs: number,
): stored is StoredDevice & { readonly device: Device } {
  return stored.active && stored.device !== undefined && stored.device.expiresAtMs > nowMs;
}

/** Whether a stored device can go: expired, unreadable, or what a registration or removal that crashed left. */
export function isDead(stored: StoredDevice, nowMs: number): boolean {
  if (isLive(stored, nowMs)) return false;
  return stored.active || (stored.device?.registeredAtMs ?? 0) <= nowMs - unfinishedMs;
}

/**
 * Runs a read-then-write until it was not overtaken by somebody else, at most 10 times.
 *
 * @param round reads afresh, writes, and gives the result, or `stale`.
 * @throws RelayError `STORAGE_UNAVAILABLE` when it was overtaken every time; trying again later helps.
 */
export async function repeatWhileStale<Result>(round: () => Promise<Result | 'stale'>): Promise<Result> {
  for (let count = 0; count < maxRounds; count += 1) {
    const result = await round();
    if (result !== 'stale') return result;
  }
  throw new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `A device or its handle was changed by others ${maxRounds} times in a row. It is safe to try again.`,
  });
}
