import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import type { TableService, TableStore } from '../../../src/storage/tables.ts';

/**
 * Tables in memory that drop their oldest partitions. Memory that grows over many events is therefore the relay's, not
 * data that a storage account would hold.
 *
 * @param maxPartitions of each table
 */
export function createBoundedTables(maxPartitions: number): TableService {
  const tables = new Map<string, TableStore>();
  return {
    table: (name) => {
      const table = tables.get(name) ?? createMemoryTableStore({ maxPartitions });
      tables.set(name, table);
      return table;
    },
    makeTable: async () => {},
    listTables: async (prefix) => [...tables.keys()].filter((name) => name.startsWith(prefix)).sort(),
    dropTable: async (name) => void tables.delete(name),
  };
}
