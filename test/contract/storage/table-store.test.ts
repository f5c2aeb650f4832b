import { describe, expect, it } from 'vitest';
import { tableStores } from '../../support/table-stores.ts';

const oddKeys = [
  '8:acs:b6aada1f-0b1d-47ac-866f-91aae00a1d01_0000000e-3a1f-9a2b-740a-113a0d00ee0e',
  '4:+46701234567',
  '28:orgid:cd7b2c7d-7b26-4c3b-8a0e-5a0c7a4e2f51',
  'a/b\\c#d?e%f~g',
  '~002f',
  '%2F',
  "it's 'quoted'",
  'tab\tline\nbell\u0007del\u007fc1\u0085',
  'åäö 漢字 مرحبا 👩‍👩‍👧',
  'half \ud83d of a pair',
  'space at the end ',
  ' ',
  '.',
  '..',
  '&=;,+@$!*()[]{}|^`"<>',
  'x'.repeat(512),
];

describe.each(tableStores)('table store: $name', ({ open }) => {
  it('finds nothing in a table that does not exist yet', async () => {
    const store = open();
    expect(await store.get('p', 'r')).toBeUndefined();
    expect(await store.list('p')).toEqual([]);
    expect(await store.replace('p', 'r', { n: 1 }, 'W/"1"')).toEqual({ kind: 'stale' });
    expect(await store.remove('p', 'r')).toMatchObject({ kind: 'done' });
    expect(await store.remove('p', 'r', 'W/"1"')).toMatchObject({ kind: 'done' });
  });

  it('returns what was inserted, with its ETag', async () => {
    const store = open();
    const cells = {
      text: 'Ada',
      empty: '',
      yes: true,
      no: false,
      ms: 1_793_350_800_123,
      half: 0.5,
      minus: -7,
      zero: 0,
    };
    const written = await store.insert('p', 'r', cells);
    expect(written).toEqual({ kind: 'done', etag: expect.stringMatching(/^W\/"/) });
    expect(await store.get('p', 'r')).toEqual({ partitionKey: 'p', rowKey: 'r', cells, ...etagOf(written) });
  });

  it('returns a negative zero as zero', async () => {
    const store = open();
    await store.insert('p', 'r', { n: -0 });
    expect((await store.get('p', 'r'))?.cells).toEqual({ n: 0 });
  });

  it('keeps a row without cells', async () => {
    const store = open();
    await store.insert('p', 'r', {});
    expect(await store.get('p', 'r')).toMatchObject({ partitionKey: 'p', rowKey: 'r', cells: {} });
  });

  it('does not insert over a row', async () => {
    const store = open();
    await store.insert('p', 'r', { n: 1 });
    expect(await store.insert('p', 'r', { n: 2 })).toEqual({ kind: 'stale' });
    expect((await store.get('p', 'r'))?.cells).toEqual({ n: 1 });
  });

  it('distinguishes an equal insert from the first one', async () => {
    const store = open();
    await store.insert('p', 'r', { n: 1 });
    expect(await store.insert('p', 'r', { n: 1 })).toEqual({ kind: 'stale' });
  });

  it('lets exactly one of fifty inserts win', async () => {
    const store = open();
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => store.insert('p', 'race', { n })));
    const winners = results.flatMap((result, n) => (result.kind === 'done' ? [n] : []));
    expect(winners).toHaveLength(1);
    expect((await store.get('p', 'race'))?.cells).toEqual({ n: winners[0] });
  });

  it('lets exactly one of twenty replacements of the same version win', async () => {
    const store = open();
    const { etag } = etagOf(await store.insert('p', 'r', { n: -1 }));
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.replace('p', 'r', { n }, etag)),
    );
    expect(results.filter((result) => result.kind === 'done')).toHaveLength(1);
  });

  it('overwrites an existing row with a put, cells of the old row included', async () => {
    const store = open();
    await store.put('p', 'r', { old: 1 });
    const written = await store.put('p', 'r', { now: 2 });
    expect(await store.get('p', 'r')).toEqual({
      partitionKey: 'p',
      rowKey: 'r',
      cells: { now: 2 },
      ...etagOf(written),
    });
  });

  it('replaces the given version with all its cells, and returns a new ETag even for equal cells', async () => {
    const store = open();
    const first = etagOf(await store.insert('p', 'r', { a: 1, b: 2 }));
    const second = etagOf(await store.replace('p', 'r', { a: 1 }, first.etag));
    const third = etagOf(await store.replace('p', 'r', { a: 1 }, second.etag));
    expect(new Set([first.etag, second.etag, third.etag]).size).toBe(3);
    expect((await store.get('p', 'r'))?.cells).toEqual({ a: 1 });
    expect(await store.replace('p', 'r', { a: 9 }, second.etag)).toEqual({ kind: 'stale' });
  });

  it('does not replace a row that is gone', async () => {
    const store = open();
    const { etag } = etagOf(await store.insert('p', 'r', { n: 1 }));
    await store.remove('p', 'r');
    expect(await store.replace('p', 'r', { n: 2 }, etag)).toEqual({ kind: 'stale' });
    expect(await store.get('p', 'r')).toBeUndefined();
  });

  it('removes the given version, any version without one, and no row twice', async () => {
    const store = open();
    const first = etagOf(await store.insert('p', 'r', { n: 1 }));
    const second = etagOf(await store.replace('p', 'r', { n: 2 }, first.etag));
    expect(await store.remove('p', 'r', first.etag)).toEqual({ kind: 'stale' });
    expect((await store.get('p', 'r'))?.cells).toEqual({ n: 2 });
    expect(await store.remove('p', 'r', second.etag)).toMatchObject({ kind: 'done' });
    expect(await store.get('p', 'r')).toBeUndefined();
    expect(await store.remove('p', 'r', second.etag)).toMatchObject({ kind: 'done' });
    await store.insert('p', 'r', { n: 3 });
    expect(await store.remove('p', 'r')).toMatchObject({ kind: 'done' });
    expect(await store.get('p', 'r')).toBeUndefined();
  });

  it('lists one partition in order of row keys', async () => {
    const store = open();
    await Promise.all(
      ['b', 'a', 'é', 'B', '1', '/', '~', 'aa'].map((rowKey) => store.insert('p', rowKey, { key: rowKey })),
    );
    await store.insert('other', 'a', {});
    const rows = await store.list('p');
    expect(rows.map((row) => row.rowKey)).toEqual(['/', '1', 'B', 'a', 'aa', 'b', '~', 'é']);
    expect(rows.map((row) => row.cells['key'])).toEqual(['/', '1', 'B', 'a', 'aa', 'b', '~', 'é']);
    expect(rows[0]).toEqual(await store.get('p', '/'));
  });

  it.each(oddKeys)('accepts the odd key %j', async (key) => {
    const store = open();
    const first = etagOf(await store.insert(key, key, { key: 'here' }));
    expect(await store.get(key, key)).toMatchObject({
      partitionKey: key,
      rowKey: key,
      cells: { key: 'here' },
    });
    expect(await store.list(key)).toMatchObject([{ partitionKey: key, rowKey: key }]);
    const second = etagOf(await store.replace(key, key, { key: 'there' }, first.etag));
    expect(await store.put(key, `${key.slice(1)}y`, {})).toMatchObject({ kind: 'done' });
    expect(await store.remove(key, key, second.etag)).toMatchObject({ kind: 'done' });
    expect(await store.get(key, key)).toBeUndefined();
    expect(await store.list(key)).toHaveLength(1);
  });

  it('keeps keys apart that look alike when escaped', async () => {
    const store = open();
    for (const key of ['/', '~002f', '%2F', '~', '~007e']) await store.insert('p', key, { key });
    expect((await store.list('p')).map((row) => row.cells['key'])).toEqual([
      '%2F',
      '/',
      '~',
      '~002f',
      '~007e',
    ]);
  });

  it.each([
    ['get', (store: ReturnType<typeof open>, key: string) => store.get(key, 'r')],
    ['list', (store: ReturnType<typeof open>, key: string) => store.list(key)],
    ['insert', (store: ReturnType<typeof open>, key: string) => store.insert('p', key, {})],
    ['put', (store: ReturnType<typeof open>, key: string) => store.put('p', key, {})],
    ['replace', (store: ReturnType<typeof open>, key: string) => store.replace('p', key, {}, 'W/"1"')],
    ['remove', (store: ReturnType<typeof open>, key: string) => store.remove('p', key)],
  ])('rejects a key above 512 characters in %s, without repeating it', async (_name, act) => {
    const failure = await act(open(), `secret${'/'.repeat(200)}`).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'RelayError', code: 'STORAGE_KEY_INVALID', class: 'internal' });
    expect(String(failure)).not.toContain('secret');
    expect(String(failure)).toContain('206 characters (1006 when escaped)');
  });

  it.each([
    ['timestamp', 1, 'the name is reserved by Azure Tables'],
    ['PartitionKey', 'x', 'the name is reserved by Azure Tables'],
    ['odata.x', 'x', 'the name is not a plain identifier'],
    ['ms', Number.NaN, 'the number is not finite'],
    ['ms', Number.POSITIVE_INFINITY, 'the number is not finite'],
    ['text', 'x'.repeat(32_769), 'the text has 32769 characters, and the limit is 32768'],
  ])('rejects the cell %s and names the problem', async (name, value, problem) => {
    const store = open();
    for (const act of [store.insert, store.put]) {
      await expect(act('p', 'r', { [name]: value })).rejects.toMatchObject({
        code: 'STORAGE_ROW_INVALID',
        message: `The table cell "${name}" cannot be stored: ${problem}.`,
      });
    }
    await expect(store.replace('p', 'r', { [name]: value }, 'W/"1"')).rejects.toMatchObject({
      code: 'STORAGE_ROW_INVALID',
    });
  });

  it('does not change a stored row when the caller changes its object', async () => {
    const store = open();
    const cells = { n: 1 };
    await store.insert('p', 'r', cells);
    cells.n = 2;
    expect((await store.get('p', 'r'))?.cells).toEqual({ n: 1 });
  });
});

function etagOf(result: { readonly kind: string; readonly etag?: string }): { readonly etag: string } {
  if (result.kind !== 'done' || result.etag === undefined)
    throw new Error('the write was expected to succeed');
  return { etag: result.etag };
}
