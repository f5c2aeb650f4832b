import type { Finding } from './conformance/finding.ts';
import type { HubFault } from './faults.ts';

/** A push that the hub accepted, or would have accepted without a planned fault. Plain data, safe to show as JSON. */
export interface ReceivedPush {
  /** Notification id, as in the `Location` of the answer. */
  readonly id: string;
  readonly receivedAtMs: number;
  readonly hub: string;
  readonly format: 'apple' | 'fcmv1';
  /** The handle that the push is for. */
  readonly deviceHandles: readonly string[];
  /** All request headers except `authorization`; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** Name of the SAS key that signed the request. */
  readonly keyName: string;
  /** The unchanged payload. */
  readonly body: string;
  /** Length of the payload in UTF-8 bytes. */
  readonly bodyBytes: number;
  /** What Notification Hubs, APNs or FCM would reject or warn about. */
  readonly findings: readonly Finding[];
  /** `TrackingId` of the answer. */
  readonly trackingId: string;
  /** Status of the answer: 201, or that of a planned fault; 0 when the fault prevented a complete answer. */
  readonly status: number;
  /** The planned fault, if any. */
  readonly fault?: HubFault;
}

/** A request that the hub rejected. Plain data, safe to show as JSON. */
export interface RefusedRequest {
  readonly id: string;
  readonly receivedAtMs: number;
  readonly method: string;
  /** The unchanged path and query. */
  readonly path: string;
  readonly status: number;
  /** The `Detail` of the answer. */
  readonly detail: string;
  readonly trackingId: string;
  /** Empty when the reason is a limit of the emulator, which has no telemetry and no feedback. */
  readonly findings: readonly Finding[];
  /** All request headers except `authorization`; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The unchanged body; undefined when it exceeded the limit of the hub. */
  readonly body?: string;
}

/** A request to the hub emulator and its result. */
export type HubRecord =
  | { readonly kind: 'push'; readonly push: ReceivedPush }
  | { readonly kind: 'refused'; readonly request: RefusedRequest };

/** Masks a device handle: its first and last four characters, or nothing of a short one. */
export function maskHandle(handle: string): string {
  return handle.length < 16 ? '…' : `${handle.slice(0, 4)}…${handle.slice(-4)}`;
}
