import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDeadLetterBlob } from '../../../src/deliveries/dead-letter-store.ts';
import { RelayError } from '../../../src/errors/errors.ts';

const fuzzMs = Number(process.env['FUZZ_SECONDS'] ?? 2) * 1_000;

const addedKeys = fc.constantFrom(
  'deadLetterReason',
  'deadletterreason',
  'DeliveryAttempts',
  'lastDeliveryOutcome',
  'publishTime',
  'v',
  'reason',
  'event',
);
const item = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(fc.oneof(addedKeys, fc.string()), fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant('R'))),
);
const json = fc.oneof(item, fc.array(item)).map((value) => JSON.stringify(value));
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  json,
  fc.tuple(json, fc.string()).map(([good, tail]) => good + tail),
  fc.tuple(json, fc.nat()).map(([good, at]) => good.slice(0, at % (good.length + 1))),
  fc.constantFrom('[', '{"a":', '"', '[[],').map((part) => part.repeat(200_000)),
);

it(
  'answers every text with events or with a typed error that does not quote it',
  () => {
    fc.assert(
      fc.property(text, (blob) => {
        try {
          for (const letter of parseDeadLetterBlob(blob)) {
            expect(letter.reason).toBeTypeOf('string');
            expect(letter.attempt).toBeGreaterThanOrEqual(0);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RelayError);
          expect(error).toHaveProperty('code', 'INPUT_UNUSABLE');
          // A syntax error would quote the blob.
          expect(error).not.toHaveProperty('cause');
        }
      }),
      { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: fuzzMs },
    );
  },
  fuzzMs + 20_000,
);
