import { describe, expect, it } from 'vitest';
import { type DeadLetterFilter, findDeadLetters } from '../../../../src/cli/dead-letters/dead-letters.ts';
import { createDeadLetterStore } from '../../../../src/deliveries/dead-letter-store.ts';
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

async function found(blobs: BlobStore, filter: DeadLetterFilter) {
  const deadLetters: string[] = [];
  for await (const { kind, name } of findDeadLetters(createDeadLetterStore({ blobs }), filter)) {
    deadLetters.push(`${kind} ${name}`);
  }
  return deadLetters;
}

describe.each(storages)('findDeadLetters on $name', ({ blobs }) => {
  async function filled() {
    const store = blobs();
    await store.put(poison, own('poison'));
    await store.put(rejected, own('rejected'));
    await store.put('T/2026/a.json', eventGrid('TimeToLiveExceeded', 'Rejected'));
    await store.put('T/2026/b.json', eventGrid('TimeToLiveExceeded'));
    await store.put('T/2026/c.json', '{');
    return store;
  }

  it('returns all dead letters in the order of their names', async () => {
    expect(await found(await filled(), {})).toEqual([
      `readable ${poison}`,
      `readable ${rejected}`,
      'readable T/2026/a.json',
      'readable T/2026/b.json',
      'unreadable T/2026/c.json',
    ]);
    expect(await found(blobs(), {})).toEqual([]);
  });

  it('returns those with a prefix', async () => {
    expect(await found(await filled(), { prefix: '2026/11/22/p' })).toEqual([`readable ${poison}`]);
  });

  it('returns those with a reason in any case, and what may have it', async () => {
    expect(await found(await filled(), { reason: 'REJECTED' })).toEqual([
      `readable ${rejected}`,
      'readable T/2026/a.json',
      'unreadable T/2026/c.json',
    ]);
  });

  it('does not read blobs whose name contains another reason', async () => {
    const store = await filled();
    const read: string[] = [];
    const get: BlobStore['get'] = (name) => {
      read.push(name);
      return store.get(name);
    };
    await found({ ...store, get }, { reason: 'poison', prefix: '2026' });
    expect(read).toEqual([poison]);
  });

  it('skips a blob that is deleted between listing and reading', async () => {
    const store = await filled();
    const get: BlobStore['get'] = async (name) => (name === poison ? undefined : store.get(name));
    expect(await found({ ...store, get }, { prefix: '2026' })).toEqual([`readable ${rejected}`]);
  });

  it('returns every one of many', async () => {
    const store = blobs();
    const names = Array.from({ length: 19 }, (_, index) => `${String(index).padStart(2, '0')}.json`);
    await Promise.all(names.map((name) => store.put(name, eventGrid('R'))));
    expect(await found(store, {})).toEqual(names.map((name) => `readable ${name}`));
  });
});
