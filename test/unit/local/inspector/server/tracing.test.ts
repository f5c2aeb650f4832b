import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { createJournal } from '../../../../../src/local/inspector/server/journal.ts';
import { startTracing } from '../../../../../src/local/inspector/server/tracing.ts';

const startMs = Date.UTC(2026, 10, 22, 9);

describe('startTracing', () => {
  it('records only spans of the relay, when they start and when they end', async () => {
    const journal = createJournal(10, () => 7);
    const stop = startTracing(journal);
    const tracer = trace.getTracer('acs-notification-relay');
    const event = tracer.startSpan('acs.event', {
      startTime: startMs,
      attributes: { 'acs.function': 'relayCalls' },
    });
    const inside = trace.setSpan(ROOT_CONTEXT, event);
    const claim = tracer.startSpan('acs.claim', { startTime: startMs + 1.5 }, inside);
    tracer.startSpan('HTTP POST', {}, inside).end();
    claim.setAttributes({ 'acs.claim.attempt': 1, list: ['not shown'] });
    claim.end(startMs + 4);
    await stop();
    trace.getTracer('acs-notification-relay').startSpan('acs.event').end();

    const { spanId } = event.spanContext();
    const claimId = claim.spanContext().spanId;
    expect(journal.after(0)).toEqual([
      {
        kind: 'span',
        seq: 1,
        atMs: 7,
        spanId,
        name: 'acs.event',
        startMs,
        attributes: { 'acs.function': 'relayCalls' },
      },
      {
        kind: 'span',
        seq: 2,
        atMs: 7,
        spanId: claimId,
        parentSpanId: spanId,
        name: 'acs.claim',
        startMs: startMs + 1.5,
        attributes: {},
      },
      {
        kind: 'span',
        seq: 3,
        atMs: 7,
        spanId: claimId,
        parentSpanId: spanId,
        name: 'acs.claim',
        startMs: startMs + 1.5,
        endMs: startMs + 4,
        attributes: { 'acs.claim.attempt': 1 },
      },
    ]);
  });

  it('records spans that their trace does not sample', async () => {
    const journal = createJournal(10, () => 7);
    const stop = startTracing(journal);
    const spanContext = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 0,
      isRemote: true,
    };
    const parent = trace.setSpanContext(ROOT_CONTEXT, spanContext);
    trace.getTracer('acs-notification-relay').startSpan('acs.event', {}, parent).end();
    await stop();
    expect(journal.after(0)).toMatchObject([{ name: 'acs.event' }, { name: 'acs.event' }]);
  });
});
