import * as z from 'zod/mini';
import { inParallel } from '../shared/in-parallel.ts';
import { type Clock, dayDigits } from '../shared/time.ts';
import type { TableRow, TableStore } from '../storage/tables.ts';
import type { DeviceKey } from './device.ts';
import {
  type DeviceTables,
  deviceCells,
  expiryShards,
  expiryTablePrefix,
  fileExpiry,
  isDead,
  liveDevice,
  readStoredDevice,
  repeatWhileStale,
} from './device-tables.ts';
import { retireDevice } from './remove-device.ts';

/** How much one sweep may do. The next one continues where it stopped. */
export interface SweepBounds {
  /** How many rows of the index to process at most. */
  readonly limit: number;
  /** When to start no further row, epoch milliseconds. */
  readonly deadlineMs: number;
}

/** What a sweep did: devices counted by what became of them, and tables. */
export interface ExpirySweep extends Readonly<Record<Expired, number>> {
  /** Rows and partitions that could not be processed, and tables that could not be dropped. */
  readonly failed: number;
  /** Days of the index that are finished. */
  readonly dropped: number;
  /** Whether the sweep reached its bounds before the end of the index. */
  readonly cutShort: boolean;
  /** The first error, if any. */
  readonly failure?: unknown;
}

/**
 * What became of a device whose day in the expiry index is over: it was removed with its handles, it is alive and filed
 * under a later day, it had been removed before, or it is being registered or removed right now.
 */
type Expired = 'removed' | 'kept' | 'gone' | 'busy';

// Requests that were in flight at the end of the day are over by then.
const settledMs = 3_600_000;

const shardsAtATime = 8;
const keySchema = z.object({ recipientId: z.string(), deviceId: z.string() });

/**
 * Removes the devices of users who never came back, with their handles. It reads only the days of the expiry index that
 * are over, oldest first, and the devices filed there. Every index row is deleted as soon as it is processed, and the
 * table of a day is dropped after its last row: when a sweep fails, crashes or reaches its bounds, the next one
 * continues.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the tables cannot be listed.
 */
export async function sweepExpired(
  tables: DeviceTables,
  clock: Clock,
  bounds: SweepBounds,
): Promise<ExpirySweep> {
  const nowMs = clock();
  const count = { removed: 0, kept: 0, gone: 0, busy: 0, failed: 0, dropped: 0 };
  const failures: unknown[] = [];
  let taken = 0;
  let cutShort = false;

  const mayTake = (): boolean => {
    if (taken >= bounds.limit || clock() >= bounds.deadlineMs) cutShort = true;
    else taken += 1;
    return !cutShort;
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      count.failed += 1;
      failures.push(error);
    }
  };
  const processRow = async (index: TableStore, day: string, row: TableRow): Promise<void> => {
    const key = keySchema.safeParse(row.cells);
    // A row damaged by hand names no device.
    let became: Expired = key.success ? await expireDevice(tables, key.data, day, nowMs) : 'gone';
    if (became !== 'busy') {
      const deleted = await index.remove(row.partitionKey, row.rowKey, row.etag);
      if (deleted.kind === 'stale') became = 'busy';
    }
    count[became] += 1;
  };
  const processShard = async (index: TableStore, day: string, shard: string): Promise<void> => {
    if (clock() >= bounds.deadlineMs) cutShort = true;
    if (cutShort) return;
    for (const row of await index.list(shard)) {
      if (!mayTake()) return;
      await attempt(() => processRow(index, day, row));
    }
  };

  const openDay = dayDigits(nowMs - settledMs);
  for (const name of await tables.expiries.listTables(expiryTablePrefix)) {
    const day = name.slice(expiryTablePrefix.length);
    if (!/^\d{8}$/.test(day) || day >= openDay) continue;
    const index = tables.expiries.table(name);
    const unfinished = count.busy + count.failed;
    await inParallel(expiryShards, shardsAtATime, (shard) => {
      return attempt(() => processShard(index, day, shard));
    });
    if (cutShort) break;
    if (count.busy + count.failed > unfinished) continue;
    await attempt(async () => {
      await tables.expiries.dropTable(name);
      count.dropped += 1;
    });
  }
  return { ...count, cutShort, ...(failures.length === 0 ? {} : { failure: failures[0] }) };
}

/**
 * Removes a device if it is expired now. A device that was renewed is refiled under the day on which it expires now,
 * before the caller deletes the row under the old day. Unless the result is `busy`, that row is no longer needed.
 *
 * @param day the day of the index under which the device was found.
 */
async function expireDevice(
  tables: DeviceTables,
  key: DeviceKey,
  day: string,
  nowMs: number,
): Promise<Expired> {
  const { recipientId, deviceId } = key;
  let removed = false;
  return repeatWhileStale(async () => {
    const row = await tables.devices.get(recipientId, deviceId);
    if (row === undefined) return removed ? 'removed' : 'gone';
    const stored = readStoredDevice(row);
    const live = liveDevice(stored, nowMs);
    if (live !== undefined) {
      if (stored.sweepDay !== undefined && stored.sweepDay > day) return 'kept';
      const sweepDay = await fileExpiry(tables.expiries, live);
      const cells = deviceCells(live, { ...stored, active: true, sweepDay });
      const written = await tables.devices.replace(recipientId, deviceId, cells, row.etag);
      return written.kind === 'stale' ? 'stale' : 'kept';
    }
    if (!isDead(stored, nowMs)) return 'busy';
    removed = (await retireDevice(tables, stored)) === 'retired';
    // Read again: a concurrent registration went on with this very row, and relies on its entry in the index.
    return 'stale';
  });
}
