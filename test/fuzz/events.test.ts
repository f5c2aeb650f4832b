import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseEvent } from '../../src/events/parse-event.ts';
import { createRelayHarness } from '../support/relay-harness.ts';
import { damagedRecording } from './support/damaged.ts';
import { fuzz } from './support/fuzz.ts';
import { nastyJson, nastyValue } from './support/nasty.ts';

const ends = ['pushed', 'skipped', 'ignored', 'poison'];
const nowMs = Date.parse('2026-11-22T09:00:02Z');

// As the webhook does: a body is JSON with one event or several, or it is put aside as text.
async function relayBody(text: string): Promise<readonly string[]> {
  const harness = createRelayHarness({ nowMs });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [(await harness.handleText(text)).kind];
  }
  const reports = await Promise.all(
    (Array.isArray(body) ? body : [body]).map((event) => harness.handle(event)),
  );
  for (const { body: pushed } of harness.posts) expect(Buffer.byteLength(pushed)).toBeLessThanOrEqual(4096);
  return reports.map(({ kind: end }) => end);
}

describe('the relay', () => {
  fuzz('answers every damaged recording with what became of it', damagedRecording, async (text) => {
    for (const end of await relayBody(text)) expect(ends).toContain(end);
  });

  fuzz('answers every JSON text with what became of it', nastyJson, async (text) => {
    for (const end of await relayBody(text)) expect(ends).toContain(end);
  });
});

const envelope = fc.record(
  {
    id: fc.oneof(fc.constant('1'), nastyValue),
    topic: nastyValue,
    source: nastyValue,
    specversion: fc.oneof(fc.constant('1.0'), nastyValue),
    eventType: fc.oneof(
      fc.constantFrom('Microsoft.Communication.IncomingCall', 'Microsoft.Communication.ChatMessageReceived'),
      nastyValue,
    ),
    type: fc.oneof(
      fc.constantFrom(
        'Microsoft.Communication.CallEnded',
        'Microsoft.Communication.ChatThreadCreatedWithUser',
      ),
      nastyValue,
    ),
    eventTime: fc.oneof(fc.constant('2026-11-22T09:00:00Z'), nastyValue),
    time: fc.oneof(fc.constant('2026-11-22T09:00:00Z'), nastyValue),
    data: fc.oneof(
      nastyValue,
      fc.dictionary(
        fc.constantFrom(
          'to',
          'from',
          'correlationId',
          'threadId',
          'recipientId',
          'messageId',
          'incomingCallContext',
          'user',
        ),
        nastyValue,
      ),
    ),
  },
  { requiredKeys: [] },
);

describe('parseEvent', () => {
  fuzz('says of every envelope what it is', envelope, (value) => {
    const parsed = parseEvent(value, 0);
    expect(['event', 'ignored', 'poison']).toContain(parsed.kind);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
