import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/**
 * Spans as a tree of lines, children in the order they began: name, kind unless internal, attributes, and what failed.
 */
export function drawSpans(spans: readonly ReadableSpan[]): readonly string[] {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const draw = (parentId: string | undefined, indent: string): readonly string[] =>
    spans
      .filter(({ parentSpanContext }) => {
        const id = parentSpanContext?.spanId;
        return id === parentId || (parentId === undefined && id !== undefined && !ids.has(id));
      })
      .sort((one, other) => nanoseconds(one) - nanoseconds(other))
      .flatMap((span) => [`${indent}${describe(span)}`, ...draw(span.spanContext().spanId, `${indent}  `)]);
  return draw(undefined, '');
}

function nanoseconds({ startTime: [seconds, nanos] }: ReadableSpan): number {
  return (seconds % 100_000) * 1e9 + nanos;
}

function describe({ name, kind, attributes, status }: ReadableSpan): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key.replace(/^acs\.(?:[a-z]+\.)?/, '')}=${value}`)
    .join(' ');
  const kindText = kind === SpanKind.INTERNAL ? '' : ` ${SpanKind[kind]}`;
  const failed = status.code === SpanStatusCode.ERROR ? ` ERROR ${status.message}` : '';
  return `${name}${kindText} ${shown}${failed}`;
}
