import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyResponse } from '../../../src/notification-hubs/classify-response.ts';

const secret = fc.stringMatching(/^[\w:-]{12,80}$/);

describe('classifyResponse for any response', () => {
  it('turns every response into an outcome whose texts are short, on one line and without the secrets', () => {
    const body = (hidden: string) =>
      fc
        .array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.constantFrom(hidden, '&quot;', '{', "'", '<Detail>', '\n'),
          ),
        )
        .map((parts) => `<Error><Code>400</Code><Detail>${parts.join(' ')}</Detail></Error>`);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        secret.chain((hidden) => fc.tuple(fc.constant(hidden), body(hidden))),
        fc.dictionary(
          fc.constantFrom('retry-after', 'location', 'trackingid'),
          fc.string({ unit: 'binary' }),
        ),
        (status, [hidden, text], headers) => {
          const outcome = classifyResponse(
            { kind: 'response', status, headers, body: text },
            { nowMs: 1_795_338_000_000, secrets: [hidden] },
          );
          if (!('detail' in outcome)) return;
          expect(outcome.detail).not.toContain(hidden);
          expect(outcome.detail.length).toBeLessThanOrEqual(210);
          expect(outcome.detail).not.toMatch(/[\r\n\0]/);
          expect(outcome.detail.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it('separates throttled from misconfigured on 403 by the presence of Retry-After alone', () => {
    fc.assert(
      fc.property(fc.option(fc.string({ unit: 'binary' }), { nil: undefined }), (retryAfter) => {
        const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
        const { kind } = classifyResponse(
          { kind: 'response', status: 403, headers, body: '' },
          { nowMs: 0, secrets: [] },
        );
        expect(kind).toBe(retryAfter === undefined ? 'misconfigured' : 'throttled');
      }),
    );
  });
});
