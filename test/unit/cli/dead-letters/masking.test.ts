import { describe, expect, it } from 'vitest';
import { maskEvent } from '../../../../src/cli/dead-letters/masking.ts';

describe('maskEvent', () => {
  it('keeps the shape and the technical ids of a call', () => {
    const event = {
      id: 'e-1',
      source: '/S',
      specversion: '1.0',
      type: 'Microsoft.Communication.CallParticipantAdded',
      time: '2026-11-22T09:00:00Z',
      subject: 'call/x/participant/4:+46700000001',
      data: {
        user: {
          communicationIdentifier: {
            kind: 'phoneNumber',
            rawId: '4:+46700000001',
            phoneNumber: { value: '+46700000001' },
          },
          role: 'attendee',
        },
        displayName: 'Anna',
        correlationId: 'c-1',
        isTwoParty: true,
        group: null,
        reason: { code: 0, subCode: 7, phrase: 'Anna left' },
        customContext: { voipHeaders: { type: 'secret' } },
        incomingCallContext: 'S3CRET',
      },
    };
    expect(maskEvent(event)).toEqual({
      id: 'e-1',
      source: '/S',
      specversion: '1.0',
      type: 'Microsoft.Communication.CallParticipantAdded',
      time: '2026-11-22T09:00:00Z',
      subject: '(masked)',
      data: {
        user: {
          communicationIdentifier: { kind: 'phoneNumber', rawId: '(masked)', phoneNumber: '(masked)' },
          role: '(masked)',
        },
        displayName: '(masked)',
        correlationId: 'c-1',
        isTwoParty: '(masked)',
        group: null,
        reason: { code: 0, subCode: 7, phrase: '(masked)' },
        customContext: '(masked)',
        incomingCallContext: '(masked)',
      },
    });
  });

  it('looks into the participants of a chat', () => {
    const participants = [{ displayName: 'Anna', participantCommunicationIdentifier: { rawId: '8:acs:a' } }];
    expect(maskEvent({ data: { participants, properties: { topic: 'Anna' } } })).toEqual({
      data: {
        participants: [
          { displayName: '(masked)', participantCommunicationIdentifier: { rawId: '(masked)' } },
        ],
        properties: '(masked)',
      },
    });
  });

  it.each([
    ['a text', 'Anna', '(masked)'],
    ['a number', 46_700_000_001, '(masked)'],
    ['null', null, '(masked)'],
    ['an array', [{ id: 'Anna' }], '(masked)'],
    ['data as a text', { data: '{"messageBody":"Anna"}' }, { data: '(masked)' }],
    ['no data', { data: null }, { data: null }],
    ['an object for an id', { id: { name: 'Anna' } }, { id: '(masked)' }],
    ['an object for a kind', { data: { kind: ['Anna'] } }, { data: { kind: '(masked)' } }],
    ['keys that are content', { 'Anna Svensson': 1, '4670': 2 }, { '(masked)': '(masked)' }],
    ['unknown keys', { data: { secretNumber: 7 } }, { data: { secretNumber: '(masked)' } }],
  ])('masks %s', (_, event, shown) => {
    expect(maskEvent(event)).toEqual(shown);
  });
});
