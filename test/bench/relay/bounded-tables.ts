import { createMemoryTableStore } from '../../../src/storage/create-memory-table-store.ts';
import type { TableService } from '../../../src/storage/table-service.ts';
import type { TableStore } from '../../../src/storage/table-store.ts';

/**
 * Tables in memory that forget: beyond a number of partitions the oldest ones go. So what grows over many events is the
 * relay's, and not what a storage account would keep.
 *
 * @param maxPartitions of all tables together
 */
export function createBoundedTables(maxPartitions: number): TableService {
  const partitions = new Map<string, TableStore>();
  const find = (table: string, partitionKey: string) => partitions.get(`${table}/${partitionKey}`);
  const make = (table: string, partitionKey: string): TableStore => {
    const made = createMemoryTableStore();
    partitions.set(`${table}/${partitionKey}`, made);
    const [oldest] = partitions.keys();
    if (partitions.size > maxPartitions && oldest !== undefined) partitions.delete(oldest);
    return made;
  };
  const open = (table: string, partitionKey: string) =>
    find(table, partitionKey) ?? make(table, partitionKey);
  return {
    table: (name) => ({
      get: async (...key) => find(name, key[0])?.get(...key),
      list: async (partitionKey) => (await find(name, partitionKey)?.list(partitionKey)) ?? [],
      insert: (...row) => open(name, row[0]).insert(...row),
      put: (...row) => open(name, row[0]).put(...row),
      replace: (...row) => open(name, row[0]).replace(...row),
      remove: (...row) => open(name, row[0]).remove(...row),
    }),
    makeTable: async () => {},
    listTables: async () => [],
    dropTable: async () => {},
  };
}
