import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { eventTypes } from '../../../src/events/event-types.ts';
import { parseEvent } from '../../../src/events/parse-event.ts';
import { cloudEvent, eventGridEvent, user } from '../../support/events.ts';

const types = Object.keys(eventTypes).map((type) => type.replace('Microsoft.Communication.', ''));

describe('parseEvent with any value', () => {
  it('classifies every JSON value and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = parseEvent(value, 0);
        expect(['event', 'ignored', 'poison']).toContain(parsed.kind);
        if (parsed.kind === 'poison') expect(parsed.error).toBeInstanceOf(RelayError);
      }),
    );
  });

  it('classifies every type with any data, the same in both envelopes', () => {
    const data = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          to: fc.oneof(fc.jsonValue(), fc.string().map(user)),
          from: fc.jsonValue(),
          correlationId: fc.oneof(fc.string(), fc.jsonValue()),
          threadId: fc.string(),
          messageId: fc.oneof(fc.string(), fc.integer()),
          recipientCommunicationIdentifier: fc.oneof(fc.jsonValue(), fc.string().map(user)),
          recipientId: fc.string(),
          participants: fc.jsonValue(),
          participantAdded: fc.jsonValue(),
          messageBody: fc.string({ unit: 'binary' }),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), data, (type, value) => {
        const one = parseEvent(eventGridEvent(type, value), 0);
        const other = parseEvent(cloudEvent(type, value), 0);
        expect(one.kind).toBe(other.kind);
        if (one.kind === 'event' && other.kind === 'event') expect(one.event).toEqual(other.event);
      }),
    );
  });

  it('never puts a value of the event into the message of an error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.stringMatching(/^secret-[a-z]{20}$/), (type, secret) => {
        const value = {
          to: [secret],
          threadId: [secret],
          correlationId: { [secret]: 1 },
          messageId: [secret],
        };
        const parsed = parseEvent(eventGridEvent(type, value), 0);
        if (parsed.kind === 'poison') {
          expect(parsed.error.message).not.toContain(secret);
          expect(parsed.error.problems.join()).not.toContain(secret);
        }
      }),
    );
  });
});
