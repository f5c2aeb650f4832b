import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { pruneDevices, pruneHub } from '../../../src/app/prune-devices.ts';
import type { Pruned } from '../../../src/devices/remove-device.ts';
import type { FeedbackReader } from '../../../src/notification-hubs/feedback/feedback-reader.ts';

it('pruneDevices asks all hubs side by side, logs each refusal, and prunes nothing', async () => {
  const asked: string[] = [];
  const statuses: Record<string, number> = { a: 501, b: 429, c: 500, d: 401 };
  const server = createServer((request, response) => {
    const hub = request.url?.split('/')[1] ?? '';
    asked.push(hub);
    response.writeHead(statuses[hub] ?? 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address());
  const hub = (hubName: string) => ({
    connection: { endpoint: `http://127.0.0.1:${port}`, keyName: 'n', key: 'k' },
    hubName,
  });
  const lines: unknown[] = [];
  const pruned: string[] = [];
  const run = (config: Parameters<typeof pruneDevices>[0]['config']) =>
    pruneDevices({
      config,
      prune: async (handle) => {
        pruned.push(handle);
        return { kind: 'kept' };
      },
      clock: () => 1_795_338_000_000,
      log: (level, event, fields) => lines.push([level, event, fields?.['hub'], fields?.['outcome']]),
      budgetMs: 20_000,
    });
  try {
    await run({
      alertHub: { primary: hub('a'), secondary: hub('b') },
      voipHub: { primary: hub('c'), secondary: hub('d') },
    });
    await run({ alertHub: { primary: hub('a') } });
  } finally {
    server.close();
  }
  expect(asked.toSorted()).toEqual(['a', 'a', 'b', 'c', 'd']);
  expect(lines.toSorted()).toEqual([
    ['error', 'prune', 'voip-secondary', 'misconfigured'],
    ['info', 'prune', 'alert', 'not-offered'],
    ['info', 'prune', 'alert', 'not-offered'],
    ['warn', 'prune', 'alert-secondary', 'throttled'],
    ['warn', 'prune', 'voip', 'unavailable'],
  ]);
  expect(pruned).toEqual([]);
});

const startMs = 1_795_338_000_000;

/** A reader with one proof against each handle, the first one the oldest. */
const readerOf = (handles: readonly string[], unread?: string): FeedbackReader => ({
  read: async (visit) => {
    for (const [index, handle] of handles.entries()) {
      visit({ handle, feedbackTimeMs: startMs - 1_000 + index, error: 'ExpiredChannel', platform: 'apns' });
    }
    const documents = handles.length;
    return { kind: 'read', documents, broken: 0, blobs: 1, ...(unread === undefined ? {} : { unread }) };
  },
});
const letters = [...'abcdefghijklmnopqrst'];
const kept: Pruned = { kind: 'kept' };

describe('pruneHub', () => {
  it('starts with the latest evidence and prunes two handles at a time', async () => {
    const begun: string[] = [];
    let underWay = 0;
    let most = 0;
    const report = await pruneHub({
      reader: readerOf(letters),
      clock: () => startMs,
      deadlineMs: startMs + 1,
      prune: async (handle) => {
        begun.push(handle);
        underWay += 1;
        most = Math.max(most, underWay);
        await Promise.resolve();
        underWay -= 1;
        return kept;
      },
    });
    expect(begun.join('')).toBe('tsrqponmlkjihgfedcba');
    expect(most).toBe(2);
    expect(report).toMatchObject({ dead: 20, kept: 20, left: 0 });
  });

  it('gives the reader the remaining time, and starts nothing after the deadline', async () => {
    let nowMs = startMs;
    let given = 0;
    const begun: string[] = [];
    const reader = readerOf(letters);
    const report = await pruneHub({
      reader: {
        read: (visit, timeoutMs) => {
          given = timeoutMs;
          return reader.read(visit, timeoutMs);
        },
      },
      clock: () => nowMs,
      deadlineMs: startMs + 5_000,
      prune: async (handle) => {
        begun.push(handle);
        nowMs += 1_000;
        return { kind: 'device-removed' };
      },
    });
    expect(given).toBe(5_000);
    expect(begun).toEqual(['t', 's', 'r', 'q', 'p']);
    expect(report).toMatchObject({ dead: 20, removed: 5, left: 15 });
  });

  it('stops at the first failure and reports it', async () => {
    const failure = new Error('storage is down');
    const begun: string[] = [];
    const report = await pruneHub({
      reader: readerOf(letters, 'read: HTTP 403'),
      clock: () => startMs,
      deadlineMs: startMs + 1,
      prune: async (handle) => {
        begun.push(handle);
        if (handle === 's') throw failure;
        return { kind: 'unknown' };
      },
    });
    expect(report).toEqual({
      kind: 'pruned',
      read: 20,
      skipped: 0,
      dead: 20,
      removed: 0,
      kept: 0,
      unknown: begun.length - 1,
      left: 21 - begun.length,
      suspect: 0,
      unread: 'read: HTTP 403',
      failure,
    });
    expect(begun.length).toBeLessThanOrEqual(4);
  });

  it('prunes nothing when the hub refuses', async () => {
    const report = await pruneHub({
      reader: { read: async () => ({ kind: 'throttled', status: 429 }) },
      clock: () => startMs,
      deadlineMs: startMs + 1,
      prune: async () => {
        throw new Error('must not be called');
      },
    });
    expect(report).toEqual({ kind: 'throttled', status: 429 });
  });

  it('judges each proof by its error, its platform and its age', async () => {
    const hourMs = 3_600_000;
    const proofs = [
      ['dead', 'ExpiredChannel', 'apns', startMs],
      ['dead-and-older', 'ExpiredChannel', 'fcmv1', startMs - 48 * hourMs + 1],
      ['too-old', 'ExpiredChannel', 'apns', startMs - 48 * hourMs],
      ['from-the-future', 'ExpiredChannel', 'apns', startMs + 1],
      ['elsewhere', 'ExpiredChannel', 'other', startMs - 1],
      ['suspect', 'BadChannel', 'apns', startMs - 1],
      ['innocent', 'Throttled', 'apns', startMs - 1],
    ] as const;
    const pruned: [string, number][] = [];
    const report = await pruneHub({
      reader: {
        read: async (visit) => {
          for (const [handle, error, platform, feedbackTimeMs] of proofs) {
            visit({ handle, error, platform, feedbackTimeMs });
          }
          return { kind: 'read', documents: 7, broken: 2, blobs: 1, unread: 'too many blobs' };
        },
      },
      clock: () => startMs,
      deadlineMs: startMs + 1,
      prune: async (handle, atMs) => {
        pruned.push([handle, atMs]);
        return { kind: handle === 'dead' ? 'device-removed' : 'voip-handle-removed' };
      },
    });
    expect(pruned).toEqual([
      ['dead', startMs],
      ['dead-and-older', startMs - 48 * hourMs + 1],
    ]);
    expect(report).toEqual({
      kind: 'pruned',
      read: 7,
      skipped: 3,
      dead: 2,
      removed: 2,
      kept: 0,
      unknown: 0,
      left: 0,
      suspect: 1,
      unread: 'too many blobs',
    });
  });
});
