import { parseTraceParent } from '@opentelemetry/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraceLink } from '../../../src/telemetry/tracing.ts';

const good = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
/** Texts that are valid, nearly valid, or anything. */
const traceparents = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('00', '01', 'cc', 'ff'),
      hex(32),
      hex(16),
      hex(2),
      fc.constantFrom('', '-', '-more', 'x'),
    )
    .map(([version, traceId, spanId, flags, more]) => `${version}-${traceId}-${spanId}-${flags}${more}`),
  fc
    .tuple(fc.nat(54), fc.string({ minLength: 1, maxLength: 1 }))
    .map(([at, letter]) => good.slice(0, at) + letter + good.slice(at + 1)),
  fc.constantFrom(
    good.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
    good.replace('00f067aa0ba902b7', '0'.repeat(16)),
    good.toUpperCase(),
    ` ${good}`,
    `${good}\n`,
  ),
  fc.string(),
);

describe('readTraceLink', () => {
  it('reads traceparent as the propagator of OpenTelemetry does', () => {
    fc.assert(
      fc.property(traceparents, (traceparent) => {
        // The propagator trims the text; an event attribute must not have spaces around it.
        const expected = /^\s|\s$/.test(traceparent) ? null : parseTraceParent(traceparent);
        const context = expected && { ...expected, traceFlags: expected.traceFlags & 1, isRemote: true };
        expect(readTraceLink({ traceparent })).toEqual(context === null ? undefined : { context });
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the tracestate beside the traceparent', () => {
    const link = readTraceLink({ traceparent: good, tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE' });
    expect(link?.context.traceState?.serialize()).toBe('rojo=00f067aa0ba902b7,congo=t61rcWkgMzE');
  });

  it.each([[undefined], [null], ['text'], [[good]], [{}], [{ traceparent: 7 }]])(
    'returns undefined for %j',
    (value) => {
      expect(readTraceLink(value)).toBeUndefined();
    },
  );

  it('ignores an invalid tracestate', () => {
    expect(readTraceLink({ traceparent: good, tracestate: { a: 1 } })?.context.traceState).toBeUndefined();
  });
});
