import { createMemoryTableStore } from '../../../src/storage/create-memory-table-store.ts';
import type { TableService } from '../../../src/storage/table-service.ts';
import type { TableStore } from '../../../src/storage/table-store.ts';

/**
 * Tables in memory that forget: beyond a number of partitions the oldest ones of a table go. So what grows over many
 * events is the relay's, and not what a storage account would keep.
 *
 * @param maxPartitions of each table
 */
export function createBoundedTables(maxPartitions: number): TableService {
  const tables = new Map<string, TableStore>();
  return {
    table: (name) => {
      const table = tables.get(name) ?? createBoundedTable(maxPartitions);
      tables.set(name, table);
      return table;
    },
    makeTable: async () => {},
    listTables: async (prefix) => [...tables.keys()].filter((name) => name.startsWith(prefix)).sort(),
    dropTable: async (name) => void tables.delete(name),
  };
}

function createBoundedTable(maxPartitions: number): TableStore {
  const partitions = new Map<string, TableStore>();
  const make = (partitionKey: string): TableStore => {
    const made = createMemoryTableStore();
    partitions.set(partitionKey, made);
    const [oldest] = partitions.keys();
    if (partitions.size > maxPartitions && oldest !== undefined) partitions.delete(oldest);
    return made;
  };
  const open = (partitionKey: string) => partitions.get(partitionKey) ?? make(partitionKey);
  return {
    get: async (...key) => partitions.get(key[0])?.get(...key),
    list: async (partitionKey) => (await partitions.get(partitionKey)?.list(partitionKey)) ?? [],
    insert: (...row) => open(row[0]).insert(...row),
    put: (...row) => open(row[0]).put(...row),
    replace: (...row) => open(row[0]).replace(...row),
    remove: (...row) => open(row[0]).remove(...row),
  };
}
