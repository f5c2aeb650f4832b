import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventTypes } from '../../../src/events/event-types.ts';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { collectTelemetry } from '../../support/collect-telemetry.ts';
import { ada, ben, cloudEvent, eventGridEvent, user } from '../../support/events.ts';
import { answer, created, createRelayHarness } from '../../support/relay-harness.ts';

const eventMs = 1795338000123;

/** Every allowed value of each label. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  type: [...Object.keys(eventTypes), 'other'],
  end: ['pushed', 'deferred', 'skipped', 'ignored', 'poison'],
  platform: ['apns', 'fcmv1'],
  kind: [
    'incoming-call',
    'missed-call',
    'call-answered',
    'call-ended',
    'chat-message',
    'chat-message-edited',
    'chat-message-deleted',
    'chat-added',
    'chat-removed',
    'chat-updated',
  ],
  outcome: ['accepted', 'rejected', 'throttled', 'unavailable', 'unknown', 'misconfigured', 'expired'],
  reason: ['poison', 'payload-changed', 'rejected', 'retries-ended'],
};

const type = fc.oneof(
  fc.constantFrom(...Object.keys(eventTypes)),
  fc.constantFrom('toString', '__proto__', 'constructor', 'hasOwnProperty', 'Microsoft.Communication.', ''),
  fc.string(),
  fc.string().map((text) => `Microsoft.Communication.${text}`),
);
const data = fc.oneof(
  fc.record({ to: fc.constant(user(ada)), from: fc.constant(user(ben)), correlationId: fc.uuid() }),
  fc.record({
    threadId: fc.string({ minLength: 1 }),
    messageId: fc.string({ minLength: 1 }),
    messageBody: fc.string(),
    recipientCommunicationIdentifier: fc.constant(user(ada)),
  }),
  fc.anything(),
);
const event = fc
  .record({ type, data, id: fc.uuid(), isCloud: fc.boolean() })
  .map(({ type: eventType, data: eventData, id, isCloud }) =>
    isCloud
      ? cloudEvent('', eventData, { type: eventType, id })
      : eventGridEvent('', eventData, { eventType, id }),
  );

it('gives every metric label a value of its closed set, for any event and any response of the hub', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(event, fc.anything()), { maxLength: 6 }),
      fc.constantFrom(201, 400, 401, 429, 503),
      fc.nat(60_000),
      async (events, status, lateMs) => {
        const collected = collectTelemetry();
        const harness = createRelayHarness({
          nowMs: eventMs + lateMs,
          respond: () => (status === 201 ? created : answer(status)),
          over: (deps) => ({ ...deps, telemetry: createTelemetry('key') }),
        });
        for (const value of events) await harness.handle(value);
        const points = await collected.points();
        expect(points.length).toBeGreaterThanOrEqual(Math.min(1, events.length));
        for (const point of points) {
          const labels = /\{(.*)\}/.exec(point)?.[1] ?? '';
          for (const label of labels === '' ? [] : labels.split(',')) {
            const [name = '', value = ''] = label.split(/=(.*)/s);
            expect(allowed[name]).toContain(value);
          }
        }
        collected.end();
      },
    ),
    { numRuns: 150 },
  );
});
