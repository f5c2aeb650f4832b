import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleUserId } from '../../../src/local/sample-devices.ts';
import { refreshEvents, sampleEvents, tryLine } from '../../../src/local/sample-events.ts';

const recordings = join(import.meta.dirname, '../../replay/recordings');
const nineOClock = Date.UTC(2026, 10, 22, 9);

describe('refreshEvents', () => {
  const ids = () => {
    const waiting = ['new-1', 'new-2'];
    return () => waiting.shift() ?? 'one too many';
  };

  it('replaces time and id of each event in an Event Grid array and keeps all other fields', () => {
    const payload = [
      { id: 'a', eventTime: '2020-01-01T00:00:00Z', data: { id: 'inner', time: 'kept' } },
      { id: 'b', eventTime: '2020-01-01T00:00:01Z' },
    ];
    expect(refreshEvents(payload, nineOClock, ids())).toEqual([
      { id: 'new-1', eventTime: '2026-11-22T09:00:00.000Z', data: { id: 'inner', time: 'kept' } },
      { id: 'new-2', eventTime: '2026-11-22T09:00:00.000Z' },
    ]);
    expect(payload[0]?.id).toBe('a');
  });

  it('replaces time and id of a single CloudEvent', () => {
    expect(refreshEvents({ specversion: '1.0', id: 'a', time: 'old' }, nineOClock, ids())).toEqual({
      specversion: '1.0',
      id: 'new-1',
      time: '2026-11-22T09:00:00.000Z',
    });
  });

  it.each([null, 7, 'text', [1, null]])('returns %j unchanged', (payload) => {
    expect(refreshEvents(payload, nineOClock, ids())).toEqual(payload);
  });
});

describe('sampleEvents', () => {
  it.each(sampleEvents)('$file is a recording for the sample user', ({ file }) => {
    expect(readFileSync(join(recordings, file), 'utf8')).toContain(sampleUserId);
  });
});

describe('tryLine', () => {
  it('is one line that a shell expands to a chat message with the current time', () => {
    const line = tryLine('http://127.0.0.1:7071');
    expect(line).not.toContain('\n');
    // `printf` instead of curl prints the arguments after shell expansion.
    const output = execFileSync('sh', ['-c', line.replace('curl -i', "printf '%s\\n'")], {
      encoding: 'utf8',
    });
    const [url, , header, , type, , body] = output.trim().split('\n');
    expect(url).toBe('http://127.0.0.1:7071/runtime/webhooks/EventGrid?functionName=relayChat');
    expect([header, type]).toEqual(['aeg-event-type: Notification', 'content-type: application/json']);
    expect(JSON.parse(body ?? '')).toMatchObject({
      id: expect.stringMatching(/^\d{10}$/),
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      data: { recipientCommunicationIdentifier: { rawId: sampleUserId }, messageBody: 'Hello from curl' },
    });
  });
});
