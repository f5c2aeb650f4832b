import { describe, expect, it } from 'vitest';
import { createBoundedTables } from '../../bench/relay/bounded-tables.ts';

describe('createBoundedTables', () => {
  it('keeps the newest partitions of each table, with their rows', async () => {
    const tables = createBoundedTables(2);
    await tables.table('one').insert('first', 'row', { n: 1 });
    await tables.table('one').insert('second', 'a', { n: 2 });
    await tables.table('one').insert('second', 'b', { n: 3 });
    await tables.table('other').insert('first', 'row', { n: 4 });
    expect((await tables.table('one').get('first', 'row'))?.cells).toEqual({ n: 1 });
    await tables.table('one').insert('third', 'row', { n: 5 });
    expect(await tables.table('one').get('first', 'row')).toBeUndefined();
    expect((await tables.table('one').list('second')).map(({ cells }) => cells['n'])).toEqual([2, 3]);
    expect((await tables.table('other').get('first', 'row'))?.cells).toEqual({ n: 4 });
  });

  it('stores nothing when it is read', async () => {
    const table = createBoundedTables(1).table('one');
    await table.insert('kept', 'row', { n: 1 });
    expect(await table.get('asked for', 'row')).toBeUndefined();
    expect(await table.list('asked for')).toEqual([]);
    expect((await table.get('kept', 'row'))?.cells).toEqual({ n: 1 });
  });

  it('does not count a partition that is empty again', async () => {
    const table = createBoundedTables(2).table('one');
    await table.insert('kept', 'row', { n: 1 });
    await table.insert('gone', 'row', { n: 2 });
    await table.remove('gone', 'row');
    await table.insert('last', 'row', { n: 3 });
    expect((await table.get('kept', 'row'))?.cells).toEqual({ n: 1 });
  });
});
