import { dayDigits } from '../shared/time.ts';

/**
 * The name of the table that holds the rows of one UTC day, such as `deliveries20261122`. Old rows go by dropping
 * whole tables: Azure Tables cannot drop a partition, only delete its rows one by one.
 *
 * @param prefix letters only
 * @param timeMs epoch milliseconds
 */
export function dayTableName(prefix: string, timeMs: number): string {
  return prefix + dayDigits(timeMs);
}
