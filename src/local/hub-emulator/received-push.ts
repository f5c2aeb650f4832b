import type { Finding } from './conformance/finding.ts';
import type { HubFault } from './hub-fault.ts';

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
