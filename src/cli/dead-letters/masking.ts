import { isRecord } from '../../shared/json.ts';

/** What stands in place of what a mask hides. */
const masked = '(masked)';

// What identifies an event and says what it is, without saying whom it concerns or what they wrote. In the envelope
// that leaves out `subject`, which names users and phone numbers.
const shownInEnvelope: ReadonlySet<string> = new Set([
  'id',
  'topic',
  'source',
  'type',
  'eventType',
  'time',
  'eventTime',
  'specversion',
  'specVersion',
  'dataVersion',
  'dataversion',
  'metadataVersion',
  'datacontenttype',
]);

const shownInData: ReadonlySet<string> = new Set([
  'kind',
  'type',
  'version',
  'messageId',
  'threadId',
  'serverCallId',
  'correlationId',
  'composeTime',
  'editTime',
  'deleteTime',
  'createTime',
  'time',
  'code',
  'subCode',
]);

// Objects that are looked into. Others (`metadata`, `properties`, `customContext`) hold whatever an app put there.
const opened: ReadonlySet<string> = new Set([
  'to',
  'from',
  'user',
  'reason',
  'startedBy',
  'endedBy',
  'communicationIdentifier',
  'recipientCommunicationIdentifier',
  'senderCommunicationIdentifier',
  'createdByCommunicationIdentifier',
  'deletedByCommunicationIdentifier',
  'editedByCommunicationIdentifier',
  'addedByCommunicationIdentifier',
  'removedByCommunicationIdentifier',
  'participantCommunicationIdentifier',
  'participantAdded',
  'participantRemoved',
  'participants',
]);

/**
 * An event with its shape and its technical ids, but without content: no texts, no names, no users and no phone numbers.
 * What is not known to be harmless is masked, so a field that Azure adds tomorrow is.
 */
export function maskEvent(event: unknown): unknown {
  if (!isRecord(event)) return masked;
  return maskEntries(event, (key, value) => {
    if (key === 'data') return maskData(value);
    return shownInEnvelope.has(key) && isPlain(value) ? value : masked;
  });
}

/** A moment for a table, such as `2026-11-22T09:00:00Z`; `-` when it is not known. */
export function safeTime(timeMs: number | undefined): string {
  if (timeMs === undefined || !(Math.abs(timeMs) <= 8.64e15)) return '-';
  return new Date(timeMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The type of an event for a table: short for events of ACS, as it is for others of Azure, `other` for the rest. */
export function safeType(type: string | undefined): string {
  if (type === undefined) return '-';
  if (!/^Microsoft(?:\.[A-Za-z]{1,80}){2,4}$/.test(type)) return 'other';
  return type.replace(/^Microsoft\.Communication\./, '');
}

/**
 * A word that Azure or the relay chose (a reason, a code, an outcome), as it may stand in a table. Anything else comes
 * from whoever sent the event, may hold a name or a number, and is not shown.
 */
export function safeWord(text: string | undefined): string {
  if (text === undefined || text === '') return '-';
  return /^[A-Za-z]+(?:[-_][A-Za-z]+)*$/.test(text) && text.length <= 60 ? text : 'other';
}

function maskEntries(value: object, mask: (key: string, value: unknown) => unknown): object {
  return Object.fromEntries(
    // A key that is no plain word may be content itself.
    Object.entries(value).map(([key, inner]) =>
      /^[A-Za-z]{1,40}$/.test(key) ? [key, mask(key, inner)] : [masked, masked],
    ),
  );
}

function maskData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskData);
  if (!isRecord(value)) return value === null ? null : masked;
  return maskEntries(value, (key, inner) => {
    if (opened.has(key)) return maskData(inner);
    if (inner === null || (shownInData.has(key) && isPlain(inner))) return inner;
    return masked;
  });
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
