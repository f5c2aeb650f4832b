import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { readEnvelope } from '../../../src/events/envelope.ts';
import { cloudEvent, eventGridEvent } from '../../support/events.ts';

function problemsOf(value: unknown) {
  try {
    readEnvelope(value);
  } catch (error) {
    if (error instanceof RelayError) return { code: error.code, message: error.message };
  }
  throw new Error('no RelayError');
}

describe('readEnvelope', () => {
  it('lower-cases the source, since Azure spells it in several ways', () => {
    const event = eventGridEvent('CallEnded', {}, { topic: '/Subscriptions/A/Clinic' });
    expect(readEnvelope(event).identity.source).toBe('/subscriptions/a/clinic');
  });

  it('lets an event without a topic pass', () => {
    expect(readEnvelope(eventGridEvent('CallEnded', {}, { topic: undefined })).identity.source).toBe('');
  });

  it.each([
    ['specversion', cloudEvent('CallEnded', {})],
    ['specVersion', cloudEvent('CallEnded', {}, { specversion: undefined, specVersion: '1.0' })],
    ['type and source', { id: 'i', type: 't', source: 's', time: '2026-11-22T09:00:00Z' }],
  ])('knows a CloudEvent by %s', (_, event) => {
    expect(readEnvelope(event).schema).toBe('cloudevents');
  });

  it('knows the Event Grid schema by eventType, also beside `type` and `source`', () => {
    expect(readEnvelope(eventGridEvent('CallEnded', {}, { type: 't', source: 's' })).schema).toBe(
      'eventgrid',
    );
  });

  it('unwraps data that was encoded twice, and leaves other text alone', () => {
    expect(readEnvelope(cloudEvent('CallEnded', '{"a":1}')).data).toEqual({ a: 1 });
    expect(readEnvelope(cloudEvent('CallEnded', 'words')).data).toBe('words');
  });

  it.each([
    [
      null,
      'This is no event. The value is null, not a JSON object. Send events in one of the two schemas that Event Grid delivers.',
    ],
    [
      'text',
      'This is no event. The value is a string, not a JSON object. Send events in one of the two schemas that Event Grid delivers.',
    ],
    [
      [],
      'This is no event. The value is an array inside an array, not a JSON object. Send events in one of the two schemas that Event Grid delivers.',
    ],
    [
      { to: {} },
      'This is no event. It has neither "eventType" (Event Grid schema) nor "specversion" (CloudEvents 1.0). Send events in one of the two schemas that Event Grid delivers.',
    ],
  ])('refuses %j', (value, message) => {
    expect(problemsOf(value)).toEqual({ code: 'EVENT_NOT_AN_EVENT', message });
  });

  it('names what is wrong with an Event Grid envelope', () => {
    expect(problemsOf({ eventType: 'x', eventTime: 'yesterday' })).toEqual({
      code: 'EVENT_NOT_AN_EVENT',
      message:
        'The Event Grid envelope cannot be used: id: Invalid input: expected string, received undefined; eventTime: is no ISO 8601 time. Compare it with the Event Grid schema reference for Azure Communication Services.',
    });
  });

  it('is not brought down by an object that pretends to have a length', () => {
    const hostile = { length: { toString: null } };
    expect(
      problemsOf({ specversion: '1.0', id: hostile, type: hostile, source: hostile, time: 'x' }).code,
    ).toBe('EVENT_NOT_AN_EVENT');
    expect(readEnvelope(cloudEvent('CallEnded', {}, { traceparent: hostile }))).not.toHaveProperty(
      'traceparent',
    );
  });

  it('names what is wrong with a CloudEvent', () => {
    expect(problemsOf({ specversion: '1.0', id: 'i', time: '2026-11-22T09:00:00Z' })).toEqual({
      code: 'EVENT_NOT_AN_EVENT',
      message:
        'The CloudEvents envelope cannot be used: type: Invalid input: expected string, received undefined. Compare it with the Event Grid schema reference for Azure Communication Services.',
    });
  });
});
