import type { Attributes, SpanKind } from '@opentelemetry/api';

/** What a span carries once its step is done. */
export interface SpanFacts {
  readonly attributes: Attributes;
  /** Why the step failed, as a short code without secrets; absent: it did not. */
  readonly failed?: string;
}

/** One step of the work on an event, and how it is traced. The two functions are called only when somebody records. */
export interface Step<Value> {
  /** The span's name. */
  readonly name: string;
  /** Default: internal. */
  readonly kind?: SpanKind;
  /** What the span carries when the step ended with this value. */
  readonly describe: (value: Value) => SpanFacts;
  /** What it carries when the step threw. */
  readonly describeFailure?: (error: unknown) => Attributes;
}
