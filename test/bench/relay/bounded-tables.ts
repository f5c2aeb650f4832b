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
  const open = (table: string, partitionKey: string): TableStore => {
    const id = `${table}/${partitionKey}`;
    const known = partitions.get(id);
    if (known !== undefined) return known;
    const made = createMemoryTableStore();
    partitions.set(id, made);
    const [oldest] = partitions.keys();
    if (partitions.size > maxPartitions && oldest !== undefined) partitions.delete(oldest);
    return made;
  };
  return {
    table: (name) => ({
      get: (partitionKey, ...rest) => open(name, partitionKey).get(partitionKey, ...rest),
      list: (partitionKey) => open(name, partitionKey).list(partitionKey),
      insert: (partitionKey, ...rest) => open(name, partitionKey).insert(partitionKey, ...rest),
      put: (partitionKey, ...rest) => open(name, partitionKey).put(partitionKey, ...rest),
      replace: (partitionKey, ...rest) => open(name, partitionKey).replace(partitionKey, ...rest),
      remove: (partitionKey, ...rest) => open(name, partitionKey).remove(partitionKey, ...rest),
    }),
    makeTable: async () => {},
    listTables: async () => [],
    dropTable: async () => {},
  };
}
