import { describe, expect, it } from 'vitest';
import { type DeviceOutcome, deliveryKey } from '../../../src/deliveries/outcomes.ts';
import { planDeliveries } from '../../../src/relay/deliver-event.ts';
import type { Recipients } from '../../../src/relay/recipients.ts';
import { ada } from '../../support/events.ts';
import { message, ring, sentAtMs } from '../../support/notifications.ts';
import { adasPhones } from '../../support/relay-harness.ts';

const mapping = { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' } as const;
const [iphone, android] = adasPhones;
if (iphone === undefined || android === undefined) throw new Error('Ada has two phones');

/** The kinds planned for each device, with the outcome of the ring on the iPhone. */
function plan(recipients: Recipients, iphoneRing: DeviceOutcome) {
  const key = deliveryKey({ recipientId: ada, deviceId: 'iphone', kind: 'incoming-call' });
  const known = (asked: string) => (asked === key ? iphoneRing : 'untried');
  return planDeliveries(recipients, known, sentAtMs + 12_000, mapping).map(
    ({ notification, devices }) =>
      `${notification.kind} until ${notification.expiresAtMs - sentAtMs} to ${devices.map((device) => device.deviceId)}`,
  );
}

describe('planDeliveries', () => {
  it('plans nothing without recipients', () => {
    expect(plan({ kind: 'nobody', reason: 'no-devices' }, 'accepted')).toEqual([]);
  });

  it('plans the notice of a late ring only for devices that did not ring', () => {
    const late = { ...ring, kind: 'missed-call', expiresAtMs: sentAtMs + 86_400_000 } as const;
    const recipients: Recipients = {
      kind: 'deliveries',
      deliveries: [
        { notification: late, devices: adasPhones },
        { notification: message, devices: adasPhones },
      ],
    };
    expect(plan(recipients, 'accepted')).toEqual([
      'missed-call until 86400000 to android',
      'chat-message until 86400000 to iphone,android',
    ]);
    expect(plan(recipients, 'unknown')[0]).toBe('missed-call until 86400000 to iphone,android');
  });

  it.each(['accepted', 'unknown'] as const)(
    'stops a device whose ring is %s when the call is over',
    (outcome) => {
      expect(plan({ kind: 'over', why: 'missed', ring, devices: adasPhones }, outcome)).toEqual([
        'call-ended until 42000 to iphone',
        'missed-call until 86412000 to iphone',
        'missed-call until 86400000 to android',
      ]);
      expect(plan({ kind: 'over', why: 'answered', ring, devices: adasPhones }, outcome)).toEqual([
        'call-answered until 42000 to iphone',
      ]);
    },
  );

  it('plans no stop when nothing rang', () => {
    expect(plan({ kind: 'over', why: 'answered', ring, devices: adasPhones }, 'untried')).toEqual([]);
    expect(plan({ kind: 'over', why: 'missed', ring, devices: adasPhones }, 'unavailable')).toEqual([
      'missed-call until 86400000 to iphone,android',
    ]);
  });
});
