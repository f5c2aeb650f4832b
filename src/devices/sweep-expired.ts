import * as z from 'zod/mini';
import { type Clock, dayDigits } from '../shared/time.ts';
import type { TableRow, TableStore } from '../storage/tables.ts';
import type { DeviceKey } from './device.ts';
import {
  type DeviceTables,
  deviceCells,
  isDead,
  isLive,
  readStoredDevice,
  repeatWhileStale,
} from './device-rows.ts';
import { expiryShards, expiryTablePrefix, fileExpiry } from './expiry-index.ts';
import { retireDevice } from './remove-device.ts';

/** How much one sweep may do. What is left over is for the next one. */
export interface SweepBounds {
  /** Rows of the index to look at. */
  readonly limit: number;
  /** When to begin with no further row, epoch milliseconds. */
  readonly deadlineMs: number;
}

/** What a sweep of expired devices did: counts of devices by what became of them, and of tables. */
export interface ExpirySweep extends Readonly<Record<Expired, number>> {
  /** Rows and partitions that could not be handled, and tables that could not be dropped. */
  readonly failed: number;
  /** Days of the index that are done with. */
  readonly dropped: number;
  /** Whether the bounds ended it before the index did. */
  readonly cutShort: boolean;
  /** What the first failure threw. */
  readonly failure?: unknown;
}

/**
 * What became of a device whose day in the expiry index is over: it was removed with its handles, it lives and is filed
 * under a later day, it had gone before, or a registration or removal of it has just begun.
 */
type Expired = 'removed' | 'kept' | 'gone' | 'busy';

// What was under way when the day ended is over by then.
const settledMs = 3_600_000;

const WIDTH = 8;
const keySchema = z.object({ recipientId: z.string(), deviceId: z.string() });

/** Does something with every item, in order, with at most `width` under way at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const work = async () => {
    for (const item of waiting) await act(item);
  };
  await Promise.all(Array.from({ length: width }, work));
}

/**
 * Removes the devices of users who never came back, with their handles. Only the days of the expiry index that are over
 * are read, oldest first; no other row. Every row is struck off as soon as it is handled, and a day's table is dropped
 * when all its rows were: a sweep that fails, crashes or runs out of bounds is continued by the next one.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the tables cannot even be listed.
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
  const tryTo = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      count.failed += 1;
      failures.push(error);
    }
  };
  const handleRow = async (index: TableStore, day: string, row: TableRow): Promise<void> => {
    const key = keySchema.safeParse(row.cells);
    // A row that somebody damaged by hand names nobody.
    let became: Expired = key.success ? await expireDevice(tables, key.data, day, nowMs) : 'gone';
    if (became !== 'busy') {
      const struckOff = await index.remove(row.partitionKey, row.rowKey, row.etag);
      if (struckOff.kind === 'stale') became = 'busy';
    }
    count[became] += 1;
  };

  const listed = await tables.expiries.listTables(expiryTablePrefix);
  const openDay = dayDigits(nowMs - settledMs);
  for (const name of listed) {
    const day = name.slice(expiryTablePrefix.length);
    if (!/^\d{8}$/.test(day) || day >= openDay) continue;
    const index = tables.expiries.table(name);
    const unfinished = count.busy + count.failed;
    await inParallel(expiryShards, WIDTH, async (shard) => {
      if (cutShort || clock() >= bounds.deadlineMs) {
        cutShort = true;
        return;
      }
      await tryTo(async () => {
        for (const row of await index.list(shard)) {
          if (!mayTake()) return;
          await tryTo(() => handleRow(index, day, row));
        }
      });
    });
    if (cutShort) break;
    if (count.busy + count.failed > unfinished) continue;
    await tryTo(async () => {
      await tables.expiries.dropTable(name);
      count.dropped += 1;
    });
  }
  return { ...count, cutShort, ...(failures.length === 0 ? {} : { failure: failures[0] }) };
}

/**
 * Removes a device if it is expired now. One that was renewed is filed under the day it expires now, before the caller
 * may forget the day it was filed under. Unless the result is `busy`, the row of the index is not needed any more.
 *
 * @param day the day of the index that it was found under.
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
    if (isLive(stored, nowMs)) {
      if (stored.sweepDay !== undefined && stored.sweepDay > day) return 'kept';
      const sweepDay = await fileExpiry(tables.expiries, stored.device);
      const cells = deviceCells(stored.device, true, stored.claims, sweepDay);
      const written = await tables.devices.replace(recipientId, deviceId, cells, row.etag);
      return written.kind === 'stale' ? 'stale' : 'kept';
    }
    if (!isDead(stored, nowMs)) return 'busy';
    removed = (await retireDevice(tables, stored)) === 'retired';
    // Look again: a registration that came in between went on with this very row, and counts on its place in the index.
    return 'stale';
  });
}
