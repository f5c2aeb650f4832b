import { describe, expect, it } from 'vitest';
import { deliveryKey } from '../../../src/deliveries/outcomes.ts';

const target = { recipientId: '8:acs:r_ada', deviceId: 'phone', kind: 'incoming-call' };

describe('deliveryKey', () => {
  it('is the same 16 characters on every try', () => {
    expect(deliveryKey(target)).toBe('fmrOXmb6jLDNc-6S');
  });

  it.each([
    { recipientId: '8:acs:r_ben' },
    { deviceId: 'tablet' },
    { kind: 'missed-call' },
    { recipientId: '8:acs:r_adap', deviceId: 'hone' },
  ])('differs for %o', (other) => {
    const key = deliveryKey({ ...target, ...other });
    expect(key).toMatch(/^[\w-]{16}$/);
    expect(key).not.toBe(deliveryKey(target));
  });
});
