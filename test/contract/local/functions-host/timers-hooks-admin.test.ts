import { describe, expect, it } from 'vitest';
import { hostSeen } from '../../../support/host-seen.ts';
import { startTestHost } from '../../../support/start-test-host.ts';

/** A clock and timers that only move when the test says so. */
function manualTime(startMs: number) {
  let nowMs = startMs;
  let timers: { run: () => void; atMs: number }[] = [];
  return {
    clock: () => nowMs,
    startTimer: (run: () => void, delayMs: number) => {
      const timer = { run, atMs: nowMs + delayMs };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    moveTo: (ms: number) => {
      nowMs = ms;
      const due = timers.filter(({ atMs }) => atMs <= ms);
      timers = timers.filter(({ atMs }) => atMs > ms);
      for (const { run } of due) run();
    },
    waitingMs: () => timers.map(({ atMs }) => atMs - nowMs),
  };
}

describe('timers of the local host', () => {
  it('runs a function when its schedule is due, and again at the next time', async () => {
    const seen = hostSeen();
    const time = manualTime(Date.UTC(2026, 10, 22, 9, 1));
    const host = await startTestHost('events', time);
    expect(time.waitingMs()).toEqual([240_000]);

    time.moveTo(Date.UTC(2026, 10, 22, 9, 5));
    await expect.poll(() => time.waitingMs()).toEqual([300_000]);
    expect(seen).toEqual([
      'appStart',
      {
        timer: {
          schedule: { adjustForDST: true },
          scheduleStatus: {
            last: '2026-11-22T09:05:00.000Z',
            next: '2026-11-22T09:10:00.000Z',
            lastUpdated: '2026-11-22T09:05:00.000Z',
          },
          isPastDue: false,
        },
      },
    ]);
    await host.stop();
    expect(time.waitingMs()).toEqual([]);
  });

  it('rejects an invalid schedule', async () => {
    await expect(startTestHost('events', { settings: { TIMER_SCHEDULE: 'daily' } })).rejects.toThrow(
      'Invalid timer schedule "daily": expected six fields, found 1.',
    );
  });
});

describe('hooks of the local host', () => {
  it('run in order around the handler, may change its result, and run when the app ends', async () => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    const response = await fetch(`${host.url}/api/hooked`);
    expect(await response.text()).toBe('from the hook');
    await host.stop();
    expect(seen).toEqual([
      'appStart',
      'preInvocation',
      'handler',
      'postInvocation kept',
      'appTerminate true',
    ]);
  });

  it('receive each log line, and may change those of the app', async () => {
    const lines: string[] = [];
    const host = await startTestHost('logs', { print: (line) => lines.push(line) });
    const response = await fetch(`${host.url}/api/speak`);
    expect(await response.json()).toEqual([
      { level: 'information', message: 'hello', category: 'user', function: 'speak' },
    ]);
    await host.stop();
    expect(lines).toEqual(['09:00:00.000 warn  speak  HELLO']);
  });
});

describe('POST /admin/functions/{name}', () => {
  const run = (url: string, name: string, body: string) =>
    fetch(`${url}/admin/functions/${name}`, { method: 'POST', body });

  it('starts a timer by hand', async () => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    expect((await run(host.url, 'everyfiveminutes', '{}')).status).toBe(202);
    await host.stop();
    expect(seen).toEqual([
      'appStart',
      { timer: expect.objectContaining({ isPastDue: false }) },
      'appTerminate true',
    ]);
  });

  it('starts an Event Grid function with an event as text or as JSON', async () => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    await run(host.url, 'failOnBad', JSON.stringify({ input: '{"id":"text"}' }));
    await run(host.url, 'failOnBad', JSON.stringify({ input: { id: 'object' } }));
    await host.stop();
    expect(seen).toEqual(['appStart', { id: 'text' }, { id: 'object' }, 'appTerminate true']);
  });

  it('starts an HTTP function', async () => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    expect((await run(host.url, 'hooked', '')).status).toBe(202);
    await host.stop();
    expect(seen).toContain('handler');
  });

  it('answers 202 even when the function then fails, and logs the reason', async () => {
    const lines: string[] = [];
    const host = await startTestHost('events', { print: (line) => lines.push(line) });
    expect((await run(host.url, 'failOnBad', '{"input":{"id":"bad"}}')).status).toBe(202);
    await host.stop();
    expect(lines).toEqual(['09:00:00.000 error failOnBad  failed: this event cannot be delivered']);
  });

  it('waits for a running function before the appTerminate hooks', async () => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    await run(host.url, 'held', '{}');
    const stopped = host.stop();
    await expect.poll(() => fetch(host.url).catch(() => 'unreachable')).toBe('unreachable');
    expect(seen).toEqual(['appStart', expect.any(Function)]);
    const release = seen[1];
    if (typeof release === 'function') release();
    await stopped;
    expect(seen.at(-1)).toBe('appTerminate true');
  });

  it('answers 404 for an unknown function and 400 for a body that is not an object', async () => {
    const host = await startTestHost('events');
    expect((await run(host.url, 'nobody', '{}')).status).toBe(404);
    expect((await run(host.url, 'collect', '[')).status).toBe(400);
    expect((await run(host.url, 'collect', '[]')).status).toBe(400);
  });
});
