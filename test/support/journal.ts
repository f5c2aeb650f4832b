import type {
  JournalEntry,
  JournalRecord,
  PushRecord,
} from '../../src/local/inspector/shared/journal-record.ts';

const nineMs = Date.UTC(2026, 10, 22, 9);

/** A journal of these records, numbered, one second apart from 2026-11-22T09:00:00Z on. */
export function journalOf(...records: readonly JournalRecord[]): readonly JournalEntry[] {
  return records.map((record, index) => ({ ...record, seq: index + 1, atMs: nineMs + index * 1000 }));
}

/** An APNs push with this `acs` object, taken by the hub; handle `5a3d…e27f`. */
export function applePush(acs: object, change: Partial<PushRecord> = {}, aps: object = {}): PushRecord {
  const body = JSON.stringify({ aps, acs: { v: 1, ...acs } });
  return {
    kind: 'push',
    pushId: 'push-1',
    trackingId: 'tracking-1',
    hub: 'relay',
    format: 'apple',
    handles: ['5a3d…e27f'],
    path: '/relay/messages/?direct&api-version=2015-04',
    headers: { 'apns-push-type': 'alert', 'apns-priority': '10' },
    keyName: 'Sender',
    body,
    bodyBytes: Buffer.byteLength(body),
    status: 201,
    findings: [],
    ...change,
  };
}
