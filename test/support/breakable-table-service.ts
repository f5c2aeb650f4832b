import type { TableService } from '../../src/storage/tables.ts';
import { breakableTableStore, type StoreHooks } from './breakable-table-store.ts';

/** The tables, with something happening before or after each operation on any of them: a crash, a count, a pause. */
export function breakableTableService(service: TableService, hooks: StoreHooks): TableService {
  const around = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    await hooks.before?.();
    const result = await act();
    await hooks.after?.();
    return result;
  };
  return {
    table: (name) => breakableTableStore(service.table(name), hooks),
    makeTable: (name) => around(() => service.makeTable(name)),
    listTables: (prefix) => around(() => service.listTables(prefix)),
    dropTable: (name) => around(() => service.dropTable(name)),
  };
}
