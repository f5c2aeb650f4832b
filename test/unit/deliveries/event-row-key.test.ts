import { describe, expect, it } from 'vitest';
import { eventRowKey } from '../../../src/deliveries/ledger.ts';

const identity = {
  source: '/subscriptions/s/topics/acs',
  id: 'e1',
  type: 'Microsoft.Communication.CallEnded',
};

describe('eventRowKey', () => {
  it('is a hash of source, id and type, the same for ever', () => {
    expect(eventRowKey({ identity, timeMs: 1 })).toBe(
      'cfd9f8152c7ffc9535f7736ebdc46743f62b749792fe44226f0a3f1fd2915d3a',
    );
  });

  it('does not see the case of the source, which Azure writes both ways', () => {
    const shouted = { ...identity, source: '/SUBSCRIPTIONS/s/topics/ACS' };
    expect(eventRowKey({ identity: shouted, timeMs: 1 })).toBe(eventRowKey({ identity, timeMs: 1 }));
  });

  it('does not see the time, which only decides the table', () => {
    expect(eventRowKey({ identity, timeMs: 2 })).toBe(eventRowKey({ identity, timeMs: 1 }));
  });

  it.each([{ source: '/other' }, { id: 'E1' }, { type: 'Microsoft.Communication.CallStarted' }])(
    'differs for %o',
    (other) => {
      expect(eventRowKey({ identity: { ...identity, ...other }, timeMs: 1 })).not.toBe(
        eventRowKey({ identity, timeMs: 1 }),
      );
    },
  );

  it('keeps the parts apart', () => {
    const left = eventRowKey({ identity: { source: 'a', id: 'bc', type: 'd' }, timeMs: 1 });
    const right = eventRowKey({ identity: { source: 'ab', id: 'c', type: 'd' }, timeMs: 1 });
    expect(left).not.toBe(right);
  });
});
