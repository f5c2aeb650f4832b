import { createMemoryTableService } from '../../storage/memory-tables.ts';
import type { TableService, TableStore } from '../../storage/tables.ts';

/**
 * Tables that begin as the real ones are and take every write in memory, so that the pipeline can run on them without
 * leaving a trace. A partition is read from the real table when it is first touched. Versions of rows are not the real
 * ones.
 */
export function createScratchTables(real: TableService): TableService {
  const memory = createMemoryTableService();
  const copies = new Map<string, Promise<void>>();

  const copy = (name: string, partitionKey: string): Promise<void> => {
    const id = JSON.stringify([name, partitionKey]);
    const copying = copies.get(id) ?? copyPartition(real.table(name), memory.table(name), partitionKey);
    copies.set(id, copying);
    return copying;
  };

  const table = (name: string): TableStore => {
    const scratch = memory.table(name);
    const after =
      <Rest extends readonly unknown[], Result>(
        run: (partitionKey: string, ...rest: Rest) => Promise<Result>,
      ) =>
      async (partitionKey: string, ...rest: Rest): Promise<Result> => {
        await copy(name, partitionKey);
        return run(partitionKey, ...rest);
      };
    return {
      get: after(scratch.get),
      list: after(scratch.list),
      insert: after(scratch.insert),
      put: after(scratch.put),
      replace: after(scratch.replace),
      remove: after(scratch.remove),
    };
  };

  return { ...memory, table };
}

async function copyPartition(from: TableStore, to: TableStore, partitionKey: string): Promise<void> {
  for (const { rowKey, cells } of await from.list(partitionKey)) await to.put(partitionKey, rowKey, cells);
}
