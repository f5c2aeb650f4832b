import { RelayError } from '../errors/errors.ts';
import type { TableService, TableStore } from '../storage/tables.ts';

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
