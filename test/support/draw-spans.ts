import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/**
 * Spans as a tree of lines, in the order they come: name, kind unless internal, attributes, and what failed.
 */
export function drawSpans(spans: readonly ReadableSpan[]): readonly string[] {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const draw = (parentId: string | undefined, indent: string): readonly string[] =>
    spans
      .filter(({ parentSpanContext }) => {
        const id = parentSpanContext?.spanId;
        return id === parentId || (parentId === undefined && id !== undefined && !ids.has(id));
      })
      .flatMap((span) => [`${indent}${describe(span)}`, ...draw(span.spanContext().spanId, `${indent}  `)]);
  return draw(undefined, '');
}

function describe({ name, kind, attributes, status }: ReadableSpan): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key.replace(/^acs\.(?:[a-z]+\.)?/, '')}=${value}`);
  const kinds = kind === SpanKind.INTERNAL ? [] : [SpanKind[kind]];
  const failed = status.code === SpanStatusCode.ERROR ? [`ERROR ${status.message}`] : [];
  return [name, ...kinds, ...shown, ...failed].join(' ');
}
