import { describe, expect, it } from 'vitest';
import { createCallMemory } from '../../../src/deliveries/call-memory.ts';
import { storages } from './support/storages.ts';

// 2026-11-22T12:00:00Z
const noonMs = 1_795_348_800_000;
/** SHA-256 of "c1". */
const c1Hash = 'd0f631ca1ddba8db3bcfcb9e057cdc98d0379f1bee00e75a545147a27dadd982';
const minuteMs = 60_000;
const hourMs = 3_600_000;

describe.each(storages)('call memory on $name', ({ tables }) => {
  it('knows nobody in an unknown call', async () => {
    const memory = createCallMemory({ tables: tables() });
    expect(await memory.readCall('c1', noonMs)).toStrictEqual({ rung: [], joined: [] });
  });

  it('tells who was rung, who joined, and that a call is over', async () => {
    const service = tables();
    const memory = createCallMemory({ tables: service });
    await Promise.all([
      memory.rememberRung('c1', 'ben', { atMs: noonMs, deviceIds: ['phone'] }),
      memory.rememberRung('c1', 'ada', { atMs: noonMs + 1, deviceIds: ['tablet', 'phone'] }),
      memory.markJoined('c1', 'ada', noonMs + 2),
      memory.markEnded('c1', noonMs + 3),
      memory.rememberRung('c2', 'cy', { atMs: noonMs, deviceIds: ['phone'] }),
    ]);
    expect(await memory.readCall('c1', noonMs + 4)).toStrictEqual({
      rung: [
        { recipientId: 'ada', deviceIds: ['phone', 'tablet'], firstAtMs: noonMs + 1 },
        { recipientId: 'ben', deviceIds: ['phone'], firstAtMs: noonMs },
      ],
      joined: [{ userId: 'ada', firstAtMs: noonMs + 2 }],
      endedAtMs: noonMs + 3,
    });
    expect(await service.listTables('')).toEqual(['calls20261122']);
  });

  it('knows that a call is over before it rang', async () => {
    const memory = createCallMemory({ tables: tables() });
    await memory.markEnded('c1', noonMs);
    expect(await memory.readCall('c1', noonMs + 20_000)).toStrictEqual({
      rung: [],
      joined: [],
      endedAtMs: noonMs,
    });
  });

  it('adds the devices of a second attempt to those of the first', async () => {
    const memory = createCallMemory({ tables: tables() });
    await memory.rememberRung('c1', 'ada', { atMs: noonMs + 9_000, deviceIds: ['tablet'] });
    await memory.rememberRung('c1', 'ada', { atMs: noonMs, deviceIds: ['phone'] });
    expect(await memory.readCall('c1', noonMs)).toMatchObject({
      rung: [{ recipientId: 'ada', deviceIds: ['phone', 'tablet'], firstAtMs: noonMs }],
    });
  });

  it('stores the same thing said twice, in whatever order, as one row', async () => {
    const service = tables();
    const memory = createCallMemory({ tables: service });
    await memory.rememberRung('c1', 'ada', { atMs: noonMs, deviceIds: ['phone', 'tablet'] });
    await memory.rememberRung('c1', 'ada', { atMs: noonMs, deviceIds: ['tablet', 'phone'] });
    const rows = await service.table('calls20261122').list(c1Hash);
    expect(rows).toHaveLength(1);
  });

  it('leaves the device ids it was given alone', async () => {
    const memory = createCallMemory({ tables: tables() });
    const deviceIds = ['tablet', 'phone'];
    await memory.rememberRung('c1', 'ada', { atMs: noonMs, deviceIds });
    expect(deviceIds).toEqual(['tablet', 'phone']);
  });

  it.each([
    ['just before midnight, read just after', 12 * hourMs - 1, 12 * hourMs],
    ['at noon, read 23 h 55 min later', 0, 24 * hourMs - 5 * minuteMs],
    ['at midnight, read 23 h 55 min later', 12 * hourMs, 36 * hourMs - 5 * minuteMs],
    ['in the last ms of a day, read 23 h 55 min later', 12 * hourMs - 1, 36 * hourMs - 5 * minuteMs - 1],
    ['after midnight, read on a clock 5 min behind', 12 * hourMs, 12 * hourMs - 5 * minuteMs],
  ])('finds what was written %s', async (_, writtenMs, readMs) => {
    const memory = createCallMemory({ tables: tables() });
    await memory.markEnded('c1', noonMs + writtenMs);
    expect(await memory.readCall('c1', noonMs + readMs)).toMatchObject({ endedAtMs: noonMs + writtenMs });
  });

  it('puts together what was written on both sides of midnight', async () => {
    const memory = createCallMemory({ tables: tables() });
    const midnightMs = noonMs + 12 * hourMs;
    await memory.rememberRung('c1', 'ada', { atMs: midnightMs - 1, deviceIds: ['phone'] });
    await memory.markEnded('c1', midnightMs);
    expect(await memory.readCall('c1', midnightMs + 1)).toStrictEqual({
      rung: [{ recipientId: 'ada', deviceIds: ['phone'], firstAtMs: midnightMs - 1 }],
      joined: [],
      endedAtMs: midnightMs,
    });
  });

  it.each([
    ['the same day', 0, 10 * minuteMs, ['calls20261122']],
    [
      'five minutes before midnight, by another clock',
      12 * hourMs,
      12 * hourMs + 1,
      ['calls20261122', 'calls20261123'],
    ],
    ['the future', 20 * minuteMs, 0, ['calls20261122']],
    ['long ago', -90 * hourMs, 0, ['calls20261121', 'calls20261122']],
  ])('asks only the days since %s', async (_, sinceMs, readMs, days) => {
    const service = tables();
    const asked: string[] = [];
    const table = (name: string) => {
      asked.push(name);
      return service.table(name);
    };
    await createCallMemory({ tables: { ...service, table } }).readCall(
      'c1',
      noonMs + readMs,
      noonMs + sinceMs,
    );
    expect(asked).toEqual(days);
  });

  it('finds what another clock wrote five minutes before the moment it is asked about', async () => {
    const memory = createCallMemory({ tables: tables() });
    const midnightMs = noonMs + 12 * hourMs;
    await memory.markEnded('c1', midnightMs - 5 * minuteMs);
    expect(await memory.readCall('c1', midnightMs + 1, midnightMs)).toMatchObject({
      endedAtMs: midnightMs - 5 * minuteMs,
    });
  });

  it('forgets what two days ago was', async () => {
    const memory = createCallMemory({ tables: tables() });
    await memory.markEnded('c1', noonMs);
    expect(await memory.readCall('c1', noonMs + 48 * hourMs)).toStrictEqual({ rung: [], joined: [] });
  });

  it('takes ids of any length and with any characters', async () => {
    const memory = createCallMemory({ tables: tables() });
    const callId = `/\\#?%\u0000${'c'.repeat(5_000)}`;
    const userId = `8:orgid:#/?\\é${'u'.repeat(5_000)}`;
    await memory.rememberRung(callId, userId, { atMs: noonMs, deviceIds: ['phone/#1'] });
    expect(await memory.readCall(callId, noonMs)).toMatchObject({
      rung: [{ recipientId: userId, deviceIds: ['phone/#1'] }],
    });
  });

  it.each([
    { fact: '{"kind":"declined","userId":"8:acs:r_ada","atMs":1}' },
    { fact: '{"kind":"rung"}' },
    { fact: '{' },
    { other: 1 },
  ])('knows its own facts beside a row that another version wrote, and keeps that: %o', async (cells) => {
    const service = tables();
    const memory = createCallMemory({ tables: service });
    await service.table('calls20261122').put(c1Hash, 'x', cells);
    await memory.markJoined('c1', '8:acs:r_ada', noonMs);
    expect(await memory.readCall('c1', noonMs)).toEqual({
      rung: [],
      joined: [{ userId: '8:acs:r_ada', firstAtMs: noonMs }],
    });
    expect((await service.table('calls20261122').get(c1Hash, 'x'))?.cells).toEqual(cells);
  });
});
