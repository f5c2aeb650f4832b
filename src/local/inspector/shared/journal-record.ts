import type { Finding } from '../../hub-emulator/conformance/finding.ts';
import type { DropReason } from '../../hub-emulator/phones/phone.ts';

/** One event was delivered to a Function of the local host. */
export interface DeliveryRecord {
  readonly kind: 'delivery';
  readonly deliveryId: string;
  readonly functionName: string;
  /** Number of the delivery, from 1; derived from `aeg-delivery-count` of Event Grid. */
  readonly attempt: number;
  /** The unchanged event; a string when it is not JSON. */
  readonly event: unknown;
}

/** The host answered a delivery. */
export interface AnswerRecord {
  readonly kind: 'answer';
  readonly deliveryId: string;
  readonly status: number;
  /** Why it failed, if it did. */
  readonly detail?: string;
}

/** The local Event Grid scheduled a redelivery, or gave up. */
export interface RedeliveryRecord {
  readonly kind: 'redelivery';
  readonly eventId: string;
  readonly eventType: string;
  /** Time of the redelivery, epoch milliseconds; absent when it gave up. */
  readonly dueAtMs?: number;
}

/** A value of a span's attribute. */
export type SpanValue = string | number | boolean;

/** A span of the app, recorded when it starts and again when it ends. The later record replaces the earlier one. */
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

/** A push that reached the hub emulator, without secrets: handles are masked. */
export interface PushRecord {
  readonly kind: 'push';
  readonly pushId: string;
  readonly trackingId: string;
  readonly hub: string;
  readonly format: 'apple' | 'fcmv1';
  /** Masked device handles. */
  readonly handles: readonly string[];
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Name of the SAS key that signed the request. */
  readonly keyName: string;
  readonly body: string;
  readonly bodyBytes: number;
  /** Status of the answer; 0 when the connection ended without a complete one. */
  readonly status: number;
  /** The active fault, in words. */
  readonly fault?: string;
  readonly findings: readonly Finding[];
}

/** A request that the hub emulator rejected; it reaches no phone. */
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

/** A push reached a phone, immediately or when the phone came online. */
export interface ArrivalRecord {
  readonly kind: 'arrival';
  readonly pushId: string;
  /** Masked handle of the phone. */
  readonly handle: string;
}

/** A push for an offline phone was dropped. */
export interface DropRecord {
  readonly kind: 'drop';
  readonly pushId: string;
  /** Masked handle of the phone. */
  readonly handle: string;
  readonly why: DropReason;
}

/** Something that happened in the local stack. */
export type JournalRecord =
  | DeliveryRecord
  | AnswerRecord
  | RedeliveryRecord
  | SpanRecord
  | PushRecord
  | RefusalRecord
  | ArrivalRecord
  | DropRecord;

/** A record with its position in the journal. */
export type JournalEntry<Record extends JournalRecord = JournalRecord> = Record & {
  /** Counts up from 1. */
  readonly seq: number;
  /** When it was recorded, epoch milliseconds. */
  readonly atMs: number;
};
