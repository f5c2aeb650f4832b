import type { TableService } from '../../../src/storage/tables.ts';

/** Puts something around one storage request. */
export type Around = <Result>(what: string, act: () => Promise<Result>) => Promise<Result>;

/** Tables of which every request goes through `around`, named such as `insert deliveries`. */
export function aroundTables(tables: TableService, around: Around): TableService {
  return {
    table: (name) => {
      const table = tables.table(name);
      const kind = name.replace(/\d+$/, '');
      return {
        get: (...args) => around(`get ${kind}`, () => table.get(...args)),
        list: (...args) => around(`list ${kind}`, () => table.list(...args)),
        insert: (...args) => around(`insert ${kind}`, () => table.insert(...args)),
        put: (...args) => around(`put ${kind}`, () => table.put(...args)),
        replace: (...args) => around(`replace ${kind}`, () => table.replace(...args)),
        remove: (...args) => around(`remove ${kind}`, () => table.remove(...args)),
      };
    },
    makeTable: (...args) => around('make table', () => tables.makeTable(...args)),
    listTables: (prefix) => around('list tables', () => tables.listTables(prefix)),
    dropTable: (name) => around('drop table', () => tables.dropTable(name)),
  };
}
