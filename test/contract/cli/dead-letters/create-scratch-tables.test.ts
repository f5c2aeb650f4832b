import { describe, expect, it } from 'vitest';
import { createScratchTables } from '../../../../src/cli/dead-letters/redrive.ts';
import { storages } from '../../deliveries/support/storages.ts';

describe.each(storages)('scratch tables over $name', ({ tables }) => {
  async function realTables() {
    const real = tables();
    await real.table('calls').put('p', 'a', { n: 1 });
    await real.table('calls').put('p', 'b', { n: 2 });
    await real.table('calls').put('other', 'a', { n: 3 });
    return real;
  }
  const cellsOf = (rows: readonly { readonly rowKey: string; readonly cells: unknown }[]) =>
    rows.map(({ rowKey, cells }) => [rowKey, cells]);

  it('begin as the real ones are', async () => {
    const scratch = createScratchTables(await realTables());
    expect(await scratch.table('calls').get('p', 'a')).toMatchObject({ cells: { n: 1 } });
    expect(cellsOf(await scratch.table('calls').list('p'))).toEqual([
      ['a', { n: 1 }],
      ['b', { n: 2 }],
    ]);
    expect(await scratch.table('calls').get('p', 'c')).toBeUndefined();
    expect(await scratch.table('nosuchtable').list('p')).toEqual([]);
    expect(await scratch.table('calls').insert('other', 'a', { n: 4 })).toEqual({ kind: 'stale' });
  });

  it('keep every write to themselves, and see it', async () => {
    const real = await realTables();
    const before = await real.table('calls').list('p');
    const scratch = createScratchTables(real);
    const table = scratch.table('calls');
    const row = await table.get('p', 'a');
    expect(await table.replace('p', 'a', { n: 10 }, row?.etag ?? '')).toMatchObject({ kind: 'done' });
    expect(await table.replace('p', 'a', { n: 11 }, row?.etag ?? '')).toEqual({ kind: 'stale' });
    await table.remove('p', 'b');
    await table.put('p', 'c', { n: 12 });
    expect(await table.insert('p', 'd', { n: 13 })).toMatchObject({ kind: 'done' });
    expect(await scratch.table('new').insert('p', 'a', { n: 14 })).toMatchObject({ kind: 'done' });

    expect(cellsOf(await scratch.table('calls').list('p'))).toEqual([
      ['a', { n: 10 }],
      ['c', { n: 12 }],
      ['d', { n: 13 }],
    ]);
    expect(await real.table('calls').list('p')).toEqual(before);
    expect(await real.listTables('new')).toEqual([]);
    await scratch.dropTable('calls');
    expect(await real.listTables('calls')).toEqual(['calls']);
  });

  it('read a partition once, also when two ask at the same time', async () => {
    const scratch = createScratchTables(await realTables());
    const claims = await Promise.all([
      scratch.table('calls').insert('p', 'new', { by: 1 }),
      scratch.table('calls').insert('p', 'new', { by: 2 }),
    ]);
    expect(claims.map(({ kind }) => kind).sort()).toEqual(['done', 'stale']);
  });
});
