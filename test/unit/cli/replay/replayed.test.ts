import { describe, expect, it } from 'vitest';
import { createRequestLog, describeReport } from '../../../../src/cli/replay/replayed.ts';
import type { Device } from '../../../../src/devices/device.ts';
import { RelayError } from '../../../../src/errors/errors.ts';
import type { PushReport } from '../../../../src/relay/event-report.ts';

const device: Device = {
  recipientId: '8:acs:ada',
  deviceId: 'phone',
  platform: 'apns',
  handle: 'aa',
  voipHandle: 'bb',
  registeredAtMs: 0,
  expiresAtMs: 1,
};
const push: PushReport = {
  kind: 'incoming-call',
  recipientId: '8:acs:ada',
  deviceId: 'phone',
  platform: 'apns',
  target: 'voip',
  tries: 1,
  outcome: { kind: 'accepted' },
};
const identity = { source: '/s', id: '1', type: 'T' };
const devicesOf = () => [device];

async function logOf(...handles: readonly string[]) {
  const log = createRequestLog('https://replay.invalid');
  for (const [index, handle] of handles.entries()) {
    const headers = { 'servicebusnotification-devicehandle': handle, authorization: 'secret', accept: 'a' };
    await log.transport.post(
      { path: `/hub/${index}`, headers, body: '{"é":1}' },
      { timeoutMs: 1000, waitMs: 1000, priority: 'chat' },
    );
  }
  return log;
}

describe('describeReport and the request log', () => {
  it('matches each push with its request by the handle', async () => {
    const { take } = await logOf('aa', 'bb', 'aa');
    const report = {
      kind: 'pushed',
      identity,
      settled: true,
      pushes: [
        push,
        { ...push, kind: 'call-ended', target: 'alert' },
        { ...push, kind: 'missed-call', target: 'alert' },
      ],
    } as const;
    const { pushes, ...rest } = describeReport(report, devicesOf, take);
    expect(rest).toEqual({ type: 'T', id: '1', end: 'pushed' });
    expect(pushes.map(({ kind, request }) => [kind, request?.url])).toEqual([
      ['incoming-call', 'https://replay.invalid/hub/1'],
      ['call-ended', 'https://replay.invalid/hub/0'],
      ['missed-call', 'https://replay.invalid/hub/2'],
    ]);
    expect(pushes[0]?.request).toEqual({
      url: 'https://replay.invalid/hub/1',
      headers: { accept: 'a', 'servicebusnotification-devicehandle': 'bb' },
      bodyBytes: 8,
      body: { é: 1 },
    });
    expect(Object.keys(pushes[0]?.request?.headers ?? {})).toEqual([
      'accept',
      'servicebusnotification-devicehandle',
    ]);
  });

  it('returns no request for a push that was never sent, and leaves it to the next push', async () => {
    const { take } = await logOf('aa');
    const expired = { ...push, target: 'alert', tries: 0, outcome: { kind: 'expired' } } as const;
    const missed = { ...push, kind: 'missed-call', target: 'alert' } as const;
    const { pushes } = describeReport(
      { kind: 'pushed', identity, settled: true, pushes: [expired, missed] },
      devicesOf,
      take,
    );
    expect(pushes.map(({ outcome, request }) => [outcome, request?.url])).toEqual([
      ['expired', undefined],
      ['accepted', 'https://replay.invalid/hub/0'],
    ]);
  });

  it('returns the reason of an event without pushes', async () => {
    const { take } = await logOf();
    expect(describeReport({ kind: 'skipped', identity, reason: 'no-devices' }, devicesOf, take)).toEqual({
      type: 'T',
      id: '1',
      end: 'skipped',
      reason: 'no-devices',
      pushes: [],
    });
    const error = new RelayError({ code: 'EVENT_NOT_JSON', class: 'user', message: 'No JSON.' });
    expect(describeReport({ kind: 'poison', error }, devicesOf, take)).toEqual({
      end: 'poison',
      reason: 'EVENT_NOT_JSON',
      detail: 'No JSON.',
      pushes: [],
    });
  });
});
