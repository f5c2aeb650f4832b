import type { Finding } from './conformance/finding.ts';
import type { HubFault } from './faults.ts';

/** A push that the emulated hub took, or would have taken but for a planned fault. Plain data, safe to show as JSON. */
export interface ReceivedPush {
  /** Notification id, as in the `Location` of the answer. */
  readonly id: string;
  readonly receivedAtMs: number;
  readonly hub: string;
  readonly format: 'apple' | 'fcmv1';
  /** One handle for Direct Send, up to 1,000 for a batch. */
  readonly deviceHandles: readonly string[];
  readonly batch: boolean;
  /** Every request header but `authorization`; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** Name of the SAS key that signed the request. */
  readonly keyName: string;
  /** The payload as it came. */
  readonly body: string;
  /** Length of the payload in UTF-8 bytes. */
  readonly bodyBytes: number;
  /** What Notification Hubs, APNs or FCM would object to; empty for a good push. */
  readonly findings: readonly Finding[];
  /** `TrackingId` of the answer. */
  readonly trackingId: string;
  /** Status that was answered: 201, or a planned fault's; 0 when the fault was to give no whole answer. */
  readonly status: number;
  /** Set when the emulator was told to misbehave for this push. */
  readonly fault?: HubFault;
}

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

/** One request that reached the hub emulator, and what became of it. */
export type HubRecord =
  | { readonly kind: 'push'; readonly push: ReceivedPush }
  | { readonly kind: 'refused'; readonly request: RefusedRequest };

/** A device handle as it may be shown: its first and last four characters, or none of a short one. */
export function maskHandle(handle: string): string {
  return handle.length < 16 ? '…' : `${handle.slice(0, 4)}…${handle.slice(-4)}`;
}
