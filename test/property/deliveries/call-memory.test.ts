import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CallMemory, RememberedCall } from '../../../src/deliveries/call-memory.ts';
import { createCallMemory } from '../../../src/deliveries/call-memory.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';

type Write = (memory: CallMemory) => Promise<void>;

// 2026-11-22T23:50:00Z: the times below fall on both sides of midnight.
const startMs = 1_795_391_400_000;
const times = fc.integer({ min: 0, max: 20 }).map((minutes) => startMs + minutes * 60_000);
const users = fc.constantFrom('ada', 'ben', 'cy');
const devices = fc.subarray(['phone', 'tablet', 'watch']);

const writes = fc.oneof(
  fc.tuple(users, times, devices).map(
    ([user, atMs, deviceIds]): Write =>
      (m) =>
        m.rememberRung('c1', user, { atMs, deviceIds }),
  ),
  fc.tuple(users, times).map(
    ([user, atMs]): Write =>
      (m) =>
        m.markJoined('c1', user, atMs),
  ),
  times.map(
    (atMs): Write =>
      (m) =>
        m.markEnded('c1', atMs),
  ),
);

async function remembered(inOrder: readonly Write[]): Promise<RememberedCall> {
  const memory = createCallMemory({ tables: createMemoryTableService() });
  for (const write of inOrder) await write(memory);
  return memory.readCall('c1', startMs + 30 * 60_000);
}

it('remembers the same call whatever the order and number of the writes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(writes, { maxLength: 12 })
        .chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.shuffledSubarray(all),
          ),
        ),
      async ([all, shuffled, again]) => {
        expect(await remembered([...shuffled, ...again])).toEqual(await remembered(all));
      },
    ),
    { numRuns: 200 },
  );
});

it('finds for 23 h 55 min what was written at any time of a day, with two requests at most', async () => {
  const dayMs = 86_400_000;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: dayMs }),
      fc.integer({ min: -5 * 60_000, max: dayMs - 5 * 60_000 }),
      async (writtenMs, laterMs) => {
        const tables = createMemoryTableService();
        const opened: string[] = [];
        const memory = createCallMemory({
          tables: {
            ...tables,
            table: (name) => {
              opened.push(name);
              return tables.table(name);
            },
          },
        });
        await memory.markEnded('c1', startMs + writtenMs);
        opened.length = 0;
        const call = await memory.readCall('c1', startMs + writtenMs + laterMs);
        expect(call.endedAtMs).toBe(startMs + writtenMs);
        expect(opened.length).toBeLessThanOrEqual(2);
      },
    ),
  );
});
