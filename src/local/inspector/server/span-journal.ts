import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { SpanRecord, SpanValue } from '../shared/journal-record.ts';
import type { Journal } from './create-journal.ts';

/** Writes the relay's own spans (`acs.…`) into the journal, when they start and when they end. */
export function createSpanJournal(journal: Journal): SpanProcessor {
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

const toMs = ([seconds, nanoseconds]: HrTime): number => seconds * 1000 + nanoseconds / 1_000_000;
