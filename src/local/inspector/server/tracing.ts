import { type HrTime, trace } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { SpanRecord, SpanValue } from '../shared/journal-record.ts';
import type { Journal } from './journal.ts';

/**
 * Records the spans of the app, which runs in this process: sets the global tracer provider as an OpenTelemetry
 * distribution would. Call it before the app is loaded. Returns a function that stops it.
 */
export function startTracing(journal: Journal): () => Promise<void> {
  const provider = new BasicTracerProvider({
    // Record every span, even if `traceparent` says otherwise.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [createSpanJournal(journal)],
  });
  trace.setGlobalTracerProvider(provider);
  return async () => {
    trace.disable();
    await provider.shutdown();
  };
}

/** Records the relay's own spans (`acs.…`) when they start and when they end. */
function createSpanJournal(journal: Journal): SpanProcessor {
  const write = (span: ReadableSpan, ended: boolean) => {
    if (span.name.startsWith('acs.')) journal.add(toRecord(span, ended));
  };
  return {
    onStart: (span) => write(span, false),
    onEnd: (span) => write(span, true),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

function toRecord(span: ReadableSpan, ended: boolean): SpanRecord {
  const attributes: Record<string, SpanValue> = {};
  for (const [name, value] of Object.entries(span.attributes)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      attributes[name] = value;
    }
  }
  const parentSpanId = span.parentSpanContext?.spanId;
  return {
    kind: 'span',
    spanId: span.spanContext().spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name: span.name,
    startMs: toMs(span.startTime),
    ...(ended ? { endMs: toMs(span.endTime) } : {}),
    attributes,
  };
}

function toMs([seconds, nanoseconds]: HrTime): number {
  return seconds * 1000 + nanoseconds / 1_000_000;
}
