import { expect, it } from 'vitest';
import { createBoundedTables } from '../../bench/relay/bounded-tables.ts';

it('keeps the newest partitions of all tables together, each with its rows', async () => {
  const tables = createBoundedTables(2);
  const [one, other] = [tables.table('one'), tables.table('other')];
  await one.insert('first', 'row', { n: 1 });
  await one.insert('second', 'a', { n: 2 });
  await one.insert('second', 'b', { n: 3 });
  await other.insert('third', 'row', { n: 4 });
  expect(await one.get('first', 'row')).toBeUndefined();
  expect((await one.list('second')).map(({ cells }) => cells['n'])).toEqual([2, 3]);
  expect((await other.get('third', 'row'))?.cells).toEqual({ n: 4 });
});
