import type { Finding } from '../../hub-emulator/conformance/finding.ts';
import type { DropReason } from '../../hub-emulator/phones/phone.ts';

/** Event Grid, or whoever plays it, delivered one event to a Function of the local host. */
export interface DeliveryRecord {
  readonly kind: 'delivery';
  readonly deliveryId: string;
  readonly functionName: string;
  /** 1 for the first delivery of an event, as `aeg-delivery-count` of Event Grid tells. */
  readonly attempt: number;
  /** The event as it came; a text when it was no JSON. */
  readonly event: unknown;
}

/** What the host answered to a delivery. */
export interface AnswerRecord {
  readonly kind: 'answer';
  readonly deliveryId: string;
  readonly status: number;
  /** Why it failed, where it did. */
  readonly detail?: string;
}

/** The local Event Grid stand-in comes back with an event, or gives it up. */
export interface RedeliveryRecord {
  readonly kind: 'redelivery';
  readonly eventId: string;
  readonly eventType: string;
  /** When it comes back, epoch milliseconds; absent when it gave up. */
  readonly dueAtMs?: number;
}

/** A value of a span's attribute. */
export type SpanValue = string | number | boolean;

/** A span of the app: once when it starts, and again when it ends. The later one replaces the earlier. */
export interface SpanRecord {
  readonly kind: 'span';
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startMs: number;
  /** Absent while it runs. */
  readonly endMs?: number;
  readonly attributes: Readonly<Record<string, SpanValue>>;
}

/** A request that the hub emulator took for a push, with no secret in it: handles are masked. */
export interface PushRecord {
  readonly kind: 'push';
  readonly pushId: string;
  readonly trackingId: string;
  readonly hub: string;
  readonly format: 'apple' | 'fcmv1';
  readonly batch: boolean;
  /** Masked device handles. */
  readonly handles: readonly string[];
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Name of the SAS key that signed the request. */
  readonly keyName: string;
  readonly body: string;
  readonly bodyBytes: number;
  /** Status of the answer; 0 when the connection ended without a whole one. */
  readonly status: number;
  /** The fault that was switched on for it, in words. */
  readonly fault?: string;
  readonly findings: readonly Finding[];
}

/** A request that the hub emulator refused: nothing of it reaches a phone. */
export interface RefusalRecord {
  readonly kind: 'refusal';
  readonly trackingId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly findings: readonly Finding[];
}

/** A push reached a phone: at once, or when the phone came back online. */
export interface ArrivalRecord {
  readonly kind: 'arrival';
  readonly pushId: string;
  /** Masked handle of the phone. */
  readonly handle: string;
}

/** A push never reached a phone: it waited for one that was offline, and something ended that. */
export interface DropRecord {
  readonly kind: 'drop';
  readonly pushId: string;
  /** Masked handle of the phone. */
  readonly handle: string;
  readonly why: DropReason;
}

/** Whatever the inspector shows, as it happened. */
export type JournalRecord =
  | DeliveryRecord
  | AnswerRecord
  | RedeliveryRecord
  | SpanRecord
  | PushRecord
  | RefusalRecord
  | ArrivalRecord
  | DropRecord;

/** A record with its place in the journal. */
export type JournalEntry<Record extends JournalRecord = JournalRecord> = Record & {
  /** Counts up from 1. */
  readonly seq: number;
  /** When it was written down, epoch milliseconds. */
  readonly atMs: number;
};
