import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPhones } from '../../../../src/local/hub-emulator/phones/phones.ts';
import { nowMs, receivedPush } from '../../../support/judged-push.ts';

type Step =
  | { readonly kind: 'push'; readonly ttlSeconds: number; readonly key: string | undefined }
  | { readonly kind: 'online'; readonly online: boolean }
  | { readonly kind: 'pass'; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('push'),
      ttlSeconds: fc.integer({ min: 0, max: 60 }),
      key: fc.constantFrom(undefined, undefined, undefined, 'a', 'b', 'c', 'd', 'e', 'f'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('online'), online: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass'), seconds: fc.integer({ min: 1, max: 20 }) }),
  },
);

/** Plays the steps and gives, after each one, where every push is. */
function play(platform: 'apns' | 'fcmv1', steps: readonly Step[], check: (life: Life) => void): void {
  let time = nowMs;
  let sent = 0;
  const endsMs = new Map<string, number>();
  const phones = createPhones(() => time);
  phones.setOnline('0a', false);
  for (const one of steps) {
    if (one.kind === 'pass') time += one.seconds * 1000;
    else if (one.kind === 'online') phones.setOnline('0a', one.online);
    else {
      sent += 1;
      const id = `p-${sent}`;
      endsMs.set(id, time + one.ttlSeconds * 1000);
      phones.receive(
        platform === 'apns'
          ? applePush(id, time, one.ttlSeconds, one.key)
          : fcmPush(id, one.ttlSeconds, one.key),
      );
    }
    const [phone] = phones.list();
    if (phone !== undefined) check({ phone, sent, endsMs, nowMs: time });
  }
}

interface Life {
  readonly phone: ReturnType<ReturnType<typeof createPhones>['list']>[number];
  readonly sent: number;
  readonly endsMs: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

const applePush = (id: string, time: number, ttlSeconds: number, key: string | undefined) =>
  receivedPush({
    id,
    format: 'apple',
    deviceHandles: ['0a'],
    headers: {
      'apns-expiration': ttlSeconds === 0 ? '0' : String(time / 1000 + ttlSeconds),
      ...(key === undefined ? {} : { 'apns-collapse-id': key }),
    },
  });

const fcmPush = (id: string, ttlSeconds: number, key: string | undefined) =>
  receivedPush({
    id,
    deviceHandles: ['0a'],
    body: JSON.stringify({ message: { data: {}, android: { ttl: `${ttlSeconds}s`, collapse_key: key } } }),
  });

describe.each(['apns', 'fcmv1'] as const)(
  'a phone of %s that goes online and offline at random',
  (platform) => {
    it('has each push in one place (waiting, delivered or dropped) and stores no more than its service', () => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 180 }), (steps) => {
          play(platform, steps, ({ phone, sent, endsMs, nowMs: now }) => {
            const { waiting, delivered, dropped, online } = phone;
            const ids = [...waiting, ...delivered, ...dropped].map(({ push }) => push.id);
            expect(new Set(ids).size).toBe(ids.length);
            expect(ids).toHaveLength(sent);

            if (online) expect(waiting).toEqual([]);
            for (const { push } of waiting) expect(endsMs.get(push.id)).toBeGreaterThan(now);
            for (const { push, atMs } of delivered) expect(endsMs.get(push.id)).toBeGreaterThanOrEqual(atMs);

            const keys = waiting.flatMap(({ collapseId }) => collapseId ?? []);
            if (platform === 'apns') expect(waiting.length).toBeLessThanOrEqual(1);
            expect(new Set(keys).size).toBe(keys.length);
            expect(keys.length).toBeLessThanOrEqual(4);
            expect(waiting.length - keys.length).toBeLessThanOrEqual(100);
          });
        }),
        { numRuns: 60 },
      );
    });
  },
);
