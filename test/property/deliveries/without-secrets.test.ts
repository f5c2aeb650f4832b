import fc from 'fast-check';
import { expect, it } from 'vitest';
import { payloadHash, withoutSecrets } from '../../../src/deliveries/call-secrets.ts';
import { makeDeadLetter } from '../../../src/deliveries/dead-letter.ts';

const secret = fc
  .uint8Array({ minLength: 16, maxLength: 64 })
  .map((bytes) => `S3C${Buffer.from(bytes).toString('base64')}`);
const secretKey = fc.constantFrom(
  'incomingCallContext',
  'IncomingCallContext',
  'cp',
  'shrToken',
  'INCOMINGCALLCONTEXT',
);

/** An event with one secret planted anywhere: in an object, in an array, in JSON text inside the JSON. */
const planted = fc
  .tuple(
    secret,
    secretKey,
    fc.array(fc.constantFrom('object', 'array', 'text'), { maxLength: 3 }),
    fc.jsonValue(),
  )
  .map(([value, key, wraps, beside]) => {
    let data: unknown = { [key]: value, beside };
    for (const wrap of wraps) {
      if (wrap === 'object') data = { data, id: 'e1' };
      else if (wrap === 'array') data = [data];
      else data = JSON.stringify(data);
    }
    return { value, event: { id: 'e1', data } };
  });

const letter = { reason: 'poison', message: 'm', functionName: 'f', attempt: 1, atMs: 0 } as const;

it('no planted secret reaches a dead letter, from JSON or from broken text', () => {
  fc.assert(
    fc.property(planted, fc.double({ min: 0, max: 1, noNaN: true }), ({ value, event }, cut) => {
      const text = JSON.stringify(event);
      const broken = text.slice(0, Math.floor(text.length * cut));
      const stored = JSON.stringify([
        makeDeadLetter({ ...letter, received: { kind: 'json', value: event } }),
        makeDeadLetter({ ...letter, received: { kind: 'text', text: broken } }),
      ]);
      // Escapes of "/" differ with the nesting, so the longest run without one is looked for.
      const [run = ''] = value.split('/').sort((left, right) => right.length - left.length);
      expect(stored).not.toContain(run);
    }),
    { numRuns: 500 },
  );
});

it('taking secrets out twice changes nothing more, and the payload hash is the same before and after', () => {
  fc.assert(
    fc.property(fc.oneof(planted, fc.jsonValue()), (value) => {
      const once = withoutSecrets(value);
      expect(withoutSecrets(once)).toEqual(once);
      expect(payloadHash(once)).toBe(payloadHash(value));
    }),
  );
});
