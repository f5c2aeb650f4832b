import { describe, expect, it } from 'vitest';
import { createMessageMemory, isSuperseded } from '../../../src/deliveries/message-memory.ts';
import { storages } from './support/storages.ts';

/** SHA-256 of thread, message and recipient: no table names a user. */
const partition = '7d4d934272224dfa8b414e99a340661f9f797c3ef91a37581abcf63d6a0ededa';
const key = { threadId: '19:a@thread.v2', messageId: '1613694358927', recipientId: '8:acs:r_ada' };
// 2026-11-22T12:00:00Z
const noonMs = 1_795_348_800_000;
const hourMs = 3_600_000;

describe.each(storages)('the memory of messages on $name', ({ tables }) => {
  it('knows nothing of a message that nobody changed', async () => {
    const memory = createMessageMemory({ tables: tables() });
    expect(await memory.newest(key, noonMs, noonMs)).toEqual({ isDeleted: false });
  });

  it('knows the highest version, in whatever order versions are written', async () => {
    const memory = createMessageMemory({ tables: tables() });
    for (const version of [1_613_694_500_784, 1_613_694_500_999, 1_613_694_499_000]) {
      await memory.remember(key, { version, isDeleted: false, eventMs: noonMs });
    }
    expect(await memory.newest(key, noonMs, noonMs)).toEqual({
      version: 1_613_694_500_999,
      isDeleted: false,
    });
  });

  it('knows a deletion, also when an edit is written after it', async () => {
    const memory = createMessageMemory({ tables: tables() });
    await memory.remember(key, { version: 20, isDeleted: true, eventMs: noonMs });
    await memory.remember(key, { version: 30, isDeleted: false, eventMs: noonMs });
    expect(await memory.newest(key, noonMs, noonMs)).toEqual({ version: 30, isDeleted: true });
  });

  it.each([{ threadId: '19:b@thread.v2' }, { messageId: '2' }, { recipientId: '8:acs:r_ben' }])(
    'keeps messages apart that differ in %o',
    async (other) => {
      const memory = createMessageMemory({ tables: tables() });
      await memory.remember({ ...key, ...other }, { version: 20, isDeleted: true, eventMs: noonMs });
      expect(await memory.newest(key, noonMs, noonMs)).toEqual({ isDeleted: false });
    },
  );

  it('finds a version across midnight, and one that is dated five minutes before the message', async () => {
    const memory = createMessageMemory({ tables: tables() });
    const midnightMs = noonMs + 12 * hourMs;
    await memory.remember(key, { version: 20, isDeleted: false, eventMs: midnightMs - 60_000 });
    expect(await memory.newest(key, midnightMs + 60_000, midnightMs + 2 * hourMs)).toEqual({
      version: 20,
      isDeleted: false,
    });
    expect(await memory.newest(key, midnightMs - 2 * hourMs, midnightMs + 2 * hourMs)).toEqual({
      version: 20,
      isDeleted: false,
    });
  });

  it('takes 249 edits of one message from ten writers at once without a write that fails', async () => {
    const memory = createMessageMemory({ tables: tables() });
    const writers = Array.from({ length: 10 }, async (_, writer) => {
      for (let n = writer; n < 249; n += 10) {
        await memory.remember(key, { version: 1_613_694_500_000 + n, isDeleted: false, eventMs: noonMs });
      }
    });
    await Promise.all(writers);
    expect(await memory.newest(key, noonMs, noonMs)).toEqual({
      version: 1_613_694_500_248,
      isDeleted: false,
    });
  });

  it('ignores and keeps a row that another version wrote', async () => {
    const service = tables();
    const memory = createMessageMemory({ tables: service });
    await memory.remember(key, { version: 20, isDeleted: false, eventMs: noonMs });
    await service.table('messages20261122').put(partition, 'x', { pinned: true });
    expect(await memory.newest(key, noonMs, noonMs)).toEqual({ version: 20, isDeleted: false });
    expect((await service.table('messages20261122').get(partition, 'x'))?.cells).toEqual({ pinned: true });
  });
});

describe('isSuperseded', () => {
  it.each([
    ['chat-message', 10, {}, false],
    ['chat-message', 10, { version: 10 }, false],
    ['chat-message', 10, { version: 11 }, true],
    ['chat-message', 10, { version: 9, isDeleted: true }, true],
    ['chat-message-edited', 11, { version: 11 }, false],
    ['chat-message-edited', 11, { version: 12 }, true],
    ['chat-message-edited', 11, { version: 11, isDeleted: true }, true],
    ['chat-message-deleted', 11, { version: 12, isDeleted: true }, false],
  ] as const)('judges a %s of version %i beside %o as %s', (kind, version, newest, expected) => {
    expect(isSuperseded(kind, version, { isDeleted: false, ...newest })).toBe(expected);
  });
});
