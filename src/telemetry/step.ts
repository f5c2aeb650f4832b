import type { Attributes, SpanKind } from '@opentelemetry/api';

/** What a span carries once its step is done. */
export interface SpanFacts {
  readonly attributes: Attributes;
  /** Why the step failed, as a short code without secrets; absent: it did not. */
  readonly failed?: string;
}

/** One step of the work on an event, and how it is traced. The functions are called only when somebody records. */
export interface Step<Value> {
  /** The span's name. */
  readonly name: string;
  /** Default: internal. */
  readonly kind?: SpanKind;
  /** What is known before the work. */
  readonly begin?: () => Attributes;
  /** What is known when the step ended with this value. */
  readonly end: (value: Value) => SpanFacts;
  /** What is known when it threw. */
  readonly fail?: (error: unknown) => Attributes;
}
