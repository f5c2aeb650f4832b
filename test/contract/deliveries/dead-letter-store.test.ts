import { describe, expect, it } from 'vitest';
import type { DeadLetterSource } from '../../../src/deliveries/dead-letter.ts';
import { createDeadLetterStore } from '../../../src/deliveries/dead-letter-store.ts';
import { storages } from './support/storages.ts';

const received = {
  id: 'e1',
  topic: '/topics/acs',
  eventType: 'T',
  data: { text: 'hi', incomingCallContext: 'S3CRET' },
};
const source: DeadLetterSource = {
  reason: 'rejected',
  message: 'The hub refused the push.',
  functionName: 'relayChat',
  attempt: 2,
  atMs: 1_795_392_000_000,
  eventTimeMs: 1_795_391_999_999,
  identity: { source: '/topics/acs', id: 'e1', type: 'T' },
  received: { kind: 'json', value: received },
};
const name = '2026/11/22/rejected/a8f114538ae9d1ea5f1982f4367902c9.json';

const namesOf = async (list: AsyncIterable<string>): Promise<string[]> => {
  const names: string[] = [];
  for await (const one of list) names.push(one);
  return names;
};

describe.each(storages)('dead letters on $name', ({ blobs }) => {
  it('are stored under the day of the event, without secrets, and read back', async () => {
    const container = blobs();
    const store = createDeadLetterStore({ blobs: container });
    expect(await store.put(source)).toBe(name);
    expect(await store.get(name)).toStrictEqual([
      {
        origin: 'relay',
        reason: 'rejected',
        message: 'The hub refused the push.',
        attempt: 2,
        deadLetteredAtMs: 1_795_392_000_000,
        identity: { source: '/topics/acs', id: 'e1', type: 'T' },
        event: {
          kind: 'json',
          value: { id: 'e1', topic: '/topics/acs', eventType: 'T', data: { text: 'hi' } },
        },
        functionName: 'relayChat',
        outcomes: {},
      },
    ]);
    expect(await container.get(name)).not.toContain('S3CRET');
  });

  it('are one letter when put twice', async () => {
    const store = createDeadLetterStore({ blobs: blobs() });
    await store.put(source);
    await store.put({ ...source, attempt: 3, atMs: 1_795_400_000_000 });
    expect(await namesOf(store.list())).toEqual([name]);
    expect(await store.get(name)).toMatchObject([{ attempt: 3 }]);
  });

  it('are filed under the day they came when the event has no time', async () => {
    const store = createDeadLetterStore({ blobs: blobs() });
    const { eventTimeMs: _, ...untimed } = source;
    expect(await store.put({ ...untimed, reason: 'poison' })).toMatch(
      /^2026\/11\/23\/poison\/[0-9a-f]{32}\.json$/,
    );
  });

  it('are listed by day and reason', async () => {
    const store = createDeadLetterStore({ blobs: blobs() });
    const other = await store.put({ ...source, reason: 'retries-ended', eventTimeMs: 1_795_392_000_000 });
    await store.put(source);
    expect(await namesOf(store.list())).toEqual([name, other]);
    expect(await namesOf(store.list('2026/11/23/'))).toEqual([other]);
    expect(await namesOf(store.list('2026/11/22/rejected/'))).toEqual([name]);
    expect(await namesOf(store.list('2026/11/22/poison/'))).toEqual([]);
  });

  it('remember when they were redriven, and forget it when put again', async () => {
    const store = createDeadLetterStore({ blobs: blobs() });
    await store.put(source);
    expect(await store.markRedriven(name, 1_795_500_000_000)).toBe(true);
    expect(await store.get(name)).toMatchObject([
      { attempt: 2, event: { kind: 'json' }, redrivenAtMs: 1_795_500_000_000 },
    ]);
    await store.put(source);
    const [letter] = (await store.get(name)) ?? [];
    expect(letter).not.toHaveProperty('redrivenAtMs');
  });

  it('keep what a newer version wrote when they are marked as redriven', async () => {
    const store = blobs();
    const letters = createDeadLetterStore({ blobs: store });
    const name = await letters.put(source);
    const stored = JSON.parse((await store.get(name)) ?? '');
    await store.put(name, JSON.stringify({ ...stored, ringId: 'r-1' }));
    expect(await letters.markRedriven(name, 1_795_500_000_000)).toBe(true);
    expect(JSON.parse((await store.get(name)) ?? '')).toEqual({
      ...stored,
      ringId: 'r-1',
      redrivenAtMs: 1_795_500_000_000,
    });
  });

  it('of Event Grid are read as well, and left as they are', async () => {
    const container = blobs();
    const store = createDeadLetterStore({ blobs: container });
    const text = '[{"id":"e1","type":"T","source":"/s","deadletterreason":"R"}]';
    await container.put('acs/2026/11/22/9/a.json', text);
    expect(await store.get('acs/2026/11/22/9/a.json')).toMatchObject([
      { origin: 'event-grid', event: { value: { id: 'e1', type: 'T', source: '/s' } } },
    ]);
    expect(await store.markRedriven('acs/2026/11/22/9/a.json', 1)).toBe(false);
    expect(await container.get('acs/2026/11/22/9/a.json')).toBe(text);
  });

  it('that do not exist are undefined, and are not marked', async () => {
    const store = createDeadLetterStore({ blobs: blobs() });
    expect(await store.get(name)).toBeUndefined();
    expect(await store.markRedriven(name, 1)).toBe(false);
    expect(await namesOf(store.list())).toEqual([]);
  });

  it('that are none are refused', async () => {
    const container = blobs();
    await container.put('x.json', 'not a letter');
    const store = createDeadLetterStore({ blobs: container });
    await expect(store.get('x.json')).rejects.toMatchObject({ code: 'INPUT_UNUSABLE' });
    expect(await store.markRedriven('x.json', 1)).toBe(false);
  });
});
