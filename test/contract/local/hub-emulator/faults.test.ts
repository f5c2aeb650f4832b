import { describe, expect, it } from 'vitest';
import { startTestHub } from '../../../support/start-test-hub.ts';

describe('planned faults of the hub emulator', () => {
  it('answers a status with Retry-After instead of 201, and keeps the push with its fault', async () => {
    const lines: string[] = [];
    const hub = await startTestHub({
      print: (line) => lines.push(line),
      respond: ({ body }) =>
        body === '{"aps":{"alert":"slow down"}}'
          ? { answer: { status: 429, retryAfter: '7', detail: 'Too <many>.' } }
          : undefined,
    });
    expect((await hub.send()).status).toBe(201);
    const response = await hub.send({ body: '{"aps":{"alert":"slow down"}}' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.text()).toBe('<Error><Code>429</Code><Detail>Too &lt;many&gt;.</Detail></Error>');
    expect(hub.pushes.list().map(({ fault }) => fault)).toEqual([
      undefined,
      { answer: { status: 429, retryAfter: '7', detail: 'Too <many>.' } },
    ]);
    expect(lines[1]).toMatch(/handle 00fc…e8f0 {2}planned fault: 429$/);
  });

  it('waits before it answers', async () => {
    const waits: number[] = [];
    const hub = await startTestHub({
      wait: async (delayMs) => void waits.push(delayMs),
      respond: () => ({ delayMs: 1500 }),
    });
    expect((await hub.send()).status).toBe(201);
    expect(waits).toEqual([1500]);
  });

  it.each(['reset', 'half-answer'] as const)('ends the connection without an answer: %s', async (answer) => {
    const hub = await startTestHub({ respond: () => ({ answer }) });
    await expect(hub.send()).rejects.toThrow('fetch failed');
    expect(hub.pushes.list()).toHaveLength(1);
  });

  it('does not answer until it is stopped', async () => {
    const hub = await startTestHub({ respond: () => ({ answer: 'none' }) });
    const received = Promise.withResolvers<void>();
    hub.pushes.subscribe(() => received.resolve());
    const answer = hub.send().then(
      () => 'answered',
      () => 'broken off',
    );
    await received.promise;
    await hub.stop();
    expect(await answer).toBe('broken off');
  });
});
