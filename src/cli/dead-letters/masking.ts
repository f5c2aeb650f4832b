import { isRecord } from '../../shared/json.ts';

const masked = '(masked)';

// Fields that identify an event and its type, but not the people it concerns. `subject` is not among them: it contains
// user ids and phone numbers.
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

// Objects whose fields are masked one by one. Others (`metadata`, `properties`, `customContext`) contain data of the app.
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
 * Masks the content of an event: texts, names, users and phone numbers. Its shape and technical ids stay. Unknown fields
 * are masked too, such as one that Azure adds later.
 */
export function maskEvent(event: unknown): unknown {
  if (!isRecord(event)) return masked;
  return maskEntries(event, (key, value) => {
    if (key === 'data') return maskData(value);
    return shownInEnvelope.has(key) && isPlain(value) ? value : masked;
  });
}

function maskEntries(value: object, mask: (key: string, value: unknown) => unknown): object {
  return Object.fromEntries(
    // A key that is not a plain word may be content itself.
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
