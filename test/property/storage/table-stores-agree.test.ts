import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { createAzureTableStore } from '../../../src/storage/azure-table-store.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import { escapeTableKey, unescapeTableKey } from '../../../src/storage/table-rows.ts';
import type { TableCells, TableStore, WriteResult } from '../../../src/storage/tables.ts';
import { randomStorageName } from '../../support/random-storage-name.ts';

const key = fc.constantFrom('a', 'b', 'A', '/', '~002f', '4:+46', 'ö');
const partition = fc.constantFrom('p', "q'");
const cells: fc.Arbitrary<TableCells> = fc.dictionary(
  fc.constantFrom('text', 'ms', 'on', 'x_1'),
  fc.oneof(
    fc.boolean(),
    fc.integer({ min: -1e15, max: 1e15 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  ),
);
const version = fc.constantFrom('first', 'latest', 'none');
const operation = fc.record({
  action: fc.constantFrom('get', 'list', 'insert', 'put', 'replace', 'remove'),
  partition,
  key,
  cells,
  version,
});
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs the operations and tells everything a caller can see, ETags by the number of the write that gave them. */
async function play(store: TableStore, operations: readonly Operation[]): Promise<unknown[]> {
  const etags: string[] = [];
  const nameEtag = (etag: string): number => {
    if (etag !== '' && !etags.includes(etag)) etags.push(etag);
    return etags.indexOf(etag);
  };
  const seen: unknown[] = [];
  for (const { action, partition, key, cells, version } of operations) {
    const etag = version === 'first' ? etags[0] : version === 'latest' ? etags.at(-1) : undefined;
    const tell = (result: WriteResult) =>
      result.kind === 'stale' ? 'stale' : ['done', nameEtag(result.etag)];
    const row = (found: Awaited<ReturnType<TableStore['get']>>) =>
      found && { ...found, etag: nameEtag(found.etag) };
    if (action === 'get') seen.push(row(await store.get(partition, key)));
    if (action === 'list') seen.push((await store.list(partition)).map(row));
    if (action === 'insert') seen.push(tell(await store.insert(partition, key, cells)));
    if (action === 'put') seen.push(tell(await store.put(partition, key, cells)));
    if (action === 'replace') seen.push(tell(await store.replace(partition, key, cells, etag ?? 'W/"0"')));
    if (action === 'remove') seen.push(tell(await store.remove(partition, key, etag)));
  }
  return seen;
}

describe('the table stores', () => {
  it('behave the same in any sequence of operations', async () => {
    const settings = { kind: 'connection-string', connectionString: inject('azurite') } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
        const azure = createAzureTableStore(settings, randomStorageName(), { tryTimeoutMs: 15_000 });
        expect(await play(azure, operations)).toEqual(await play(createMemoryTableStore(), operations));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('a key', () => {
  it('is restored from its escaped form, which contains no character that Azure forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const escaped = escapeTableKey(text);
        expect(unescapeTableKey(escaped)).toBe(text);
        expect(escaped).not.toMatch(/[/\\#?%\p{Cc}]/u);
        expect(escaped.isWellFormed()).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
