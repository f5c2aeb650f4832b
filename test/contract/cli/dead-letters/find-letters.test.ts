import { describe, expect, it } from 'vitest';
import { findLetters, type LetterFilter } from '../../../../src/cli/dead-letters/letters.ts';
import type { BlobStore } from '../../../../src/storage/blobs.ts';
import { storages } from '../../deliveries/support/storages.ts';

const hash = '0123456789abcdef0123456789abcdef';
const own = (reason: string) =>
  JSON.stringify({
    v: 1,
    reason,
    message: 'm',
    functionName: 'relayChat',
    attempt: 1,
    atMs: 1_795_338_000_000,
    event: { kind: 'json', value: {} },
    outcomes: {},
  });
const eventGrid = (...reasons: readonly string[]) =>
  JSON.stringify(reasons.map((deadletterreason) => ({ deadletterreason, deliveryattempts: 1 })));

const poison = `2026/11/22/poison/${hash}.json`;
const rejected = `2026/11/22/rejected/${hash}.json`;

async function found(blobs: BlobStore, filter: LetterFilter) {
  const letters: string[] = [];
  for await (const { kind, name } of findLetters(blobs, filter)) letters.push(`${kind} ${name}`);
  return letters;
}

describe.each(storages)('finding letters on $name', ({ blobs }) => {
  async function filled() {
    const store = blobs();
    await store.put(poison, own('poison'));
    await store.put(rejected, own('rejected'));
    await store.put('T/2026/a.json', eventGrid('TimeToLiveExceeded', 'Rejected'));
    await store.put('T/2026/b.json', eventGrid('TimeToLiveExceeded'));
    await store.put('T/2026/c.json', '{');
    return store;
  }

  it('finds all of them in the order of their names', async () => {
    expect(await found(await filled(), {})).toEqual([
      `letter ${poison}`,
      `letter ${rejected}`,
      'letter T/2026/a.json',
      'letter T/2026/b.json',
      'unreadable T/2026/c.json',
    ]);
    expect(await found(blobs(), {})).toEqual([]);
  });

  it('finds those of a prefix', async () => {
    expect(await found(await filled(), { prefix: '2026/11/22/p' })).toEqual([`letter ${poison}`]);
  });

  it('finds those of a reason in any case, with what may have it', async () => {
    expect(await found(await filled(), { reason: 'REJECTED' })).toEqual([
      `letter ${rejected}`,
      'letter T/2026/a.json',
      'unreadable T/2026/c.json',
    ]);
  });

  it('does not read letters whose name tells another reason', async () => {
    const store = await filled();
    const read: string[] = [];
    const get: BlobStore['get'] = (name) => {
      read.push(name);
      return store.get(name);
    };
    await found({ ...store, get }, { reason: 'poison', prefix: '2026' });
    expect(read).toEqual([poison]);
  });

  it('passes over what goes away between listing and reading', async () => {
    const store = await filled();
    const get: BlobStore['get'] = async (name) => (name === poison ? undefined : store.get(name));
    expect(await found({ ...store, get }, { prefix: '2026' })).toEqual([`letter ${rejected}`]);
  });

  it('finds every one of many', async () => {
    const store = blobs();
    const names = Array.from({ length: 19 }, (_, index) => `${String(index).padStart(2, '0')}.json`);
    await Promise.all(names.map((name) => store.put(name, eventGrid('R'))));
    expect(await found(store, {})).toEqual(names.map((name) => `letter ${name}`));
  });
});
