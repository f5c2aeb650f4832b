import type { Finding } from './conformance/finding.ts';

/** A request that the emulated hub refused. Plain data, safe to show as JSON. */
export interface RefusedRequest {
  readonly id: string;
  readonly receivedAtMs: number;
  readonly method: string;
  /** Path and query as they were sent. */
  readonly path: string;
  /** Status that was answered. */
  readonly status: number;
  /** The `Detail` of the answer. */
  readonly detail: string;
  readonly trackingId: string;
  /** Empty when the emulator itself is the reason: it keeps no telemetry and no feedback. */
  readonly findings: readonly Finding[];
  /** Every request header but `authorization`; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came; undefined when it was longer than the hub takes. */
  readonly body?: string;
}
