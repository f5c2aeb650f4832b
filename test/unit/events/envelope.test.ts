import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { readEnvelope } from '../../../src/events/envelope.ts';
import { cloudEvent, eventGridEvent } from '../../support/events.ts';

function problemsOf(value: unknown) {
  try {
    readEnvelope(value, 0);
  } catch (error) {
    if (error instanceof RelayError) return { code: error.code, message: error.message };
  }
  throw new Error('threw no RelayError');
}

describe('readEnvelope', () => {
  it('lower-cases the source, since Azure spells it in several ways', () => {
    const event = eventGridEvent('CallEnded', {}, { topic: '/Subscriptions/A/Clinic' });
    expect(readEnvelope(event, 0).identity.source).toBe('/subscriptions/a/clinic');
  });

  it('accepts an event without a topic', () => {
    expect(readEnvelope(eventGridEvent('CallEnded', {}, { topic: undefined }), 0).identity.source).toBe('');
  });

  it.each([
    ['specversion', { specversion: '1.0', eventType: 'e' }],
    ['specVersion', { specVersion: '1.0', eventType: 'e' }],
    ['type and source', {}],
  ])('recognizes a CloudEvent by %s', (_, version) => {
    const event = { ...version, id: 'i', type: 't', source: 's', time: '2026-11-22T09:00:00Z' };
    expect(readEnvelope(event, 0)).toEqual({
      identity: { source: 's', id: 'i', type: 't' },
      timeMs: 1795338000000,
      data: undefined,
    });
  });

  it('recognizes the Event Grid schema by eventType, even beside `type` and `source`', () => {
    const { identity } = readEnvelope(
      eventGridEvent('CallEnded', {}, { type: 't', source: 's', topic: '/a' }),
      0,
    );
    expect(identity).toMatchObject({ source: '/a', type: 'Microsoft.Communication.CallEnded' });
  });

  it('unwraps data that was encoded twice, and leaves other text alone', () => {
    expect(readEnvelope(cloudEvent('CallEnded', '{"a":1}'), 0).data).toEqual({ a: 1 });
    expect(readEnvelope(cloudEvent('CallEnded', 'words'), 0).data).toBe('words');
  });

  it.each([
    [
      null,
      'Not an event: the value is null, not a JSON object. Send events in one of the two schemas that Event Grid delivers.',
    ],
    [
      'text',
      'Not an event: the value is a string, not a JSON object. Send events in one of the two schemas that Event Grid delivers.',
    ],
    [
      [],
      'Not an event: the value is an array inside an array, not a JSON object. Send events in one of the two schemas that Event Grid delivers.',
    ],
    [
      { to: {} },
      'Not an event: it has neither "eventType" (Event Grid schema) nor "specversion" (CloudEvents 1.0). Send events in one of the two schemas that Event Grid delivers.',
    ],
  ])('rejects %j', (value, message) => {
    expect(problemsOf(value)).toEqual({ code: 'EVENT_NOT_AN_EVENT', message });
  });

  it('names the invalid fields of an Event Grid envelope', () => {
    expect(problemsOf({ eventType: 'x', eventTime: 'yesterday' })).toEqual({
      code: 'EVENT_NOT_AN_EVENT',
      message:
        'The Event Grid envelope is invalid: id: Invalid input: expected string, received undefined; eventTime: is not an ISO 8601 time. Compare it with the Event Grid schema reference for Azure Communication Services.',
    });
  });

  it('survives an object that fakes a length', () => {
    const hostile = { length: { toString: null } };
    expect(
      problemsOf({ specversion: '1.0', id: hostile, type: hostile, source: hostile, time: 'x' }).code,
    ).toBe('EVENT_NOT_AN_EVENT');
  });

  it('names the invalid fields of a CloudEvent', () => {
    expect(problemsOf({ specversion: '1.0', id: 'i', time: '2026-11-22T09:00:00Z' })).toEqual({
      code: 'EVENT_NOT_AN_EVENT',
      message:
        'The CloudEvents envelope is invalid: type: Invalid input: expected string, received undefined. Compare it with the Event Grid schema reference for Azure Communication Services.',
    });
  });
});
