import { hash } from 'node:crypto';
import { dayMs } from '../shared/time.ts';
import type { TableRow, TableService } from '../storage/tables.ts';
import { dayTableName, dayTablePrefixes } from './day-tables.ts';

/** Identifies one message as one recipient sees it. */
export interface MessageKey {
  readonly threadId: string;
  readonly messageId: string;
  readonly recipientId: string;
}

/** One state of a message: its text as of a version, or that it is gone. */
interface MessageVersion {
  /** Grows with every change of the message; ACS takes epoch milliseconds. */
  readonly version: number;
  readonly isDeleted: boolean;
  /** Time of the event that says so, epoch milliseconds. Its UTC day decides the table. */
  readonly eventMs: number;
}

/** The newest state of a message that the relay has heard of. */
interface NewestMessage {
  /** Absent while nobody has edited or deleted the message. */
  readonly version?: number;
  readonly isDeleted: boolean;
}

/**
 * Remembers the newest version of each message, so that an older push that is still being retried does not bring old or
 * deleted text back. Edits and deletions write before they are sent; a message that nobody touched has no row.
 *
 * Every method throws a `RelayError` with the code `STORAGE_UNAVAILABLE` when storage fails.
 */
export interface MessageMemory {
  /** One request. Writes in any order, repeated, and from any number of writers give the same memory. */
  readonly remember: (key: MessageKey, message: MessageVersion) => Promise<void>;
  /**
   * Makes one list request for each UTC day since the event: one, or two across midnight.
   *
   * @param eventMs when the event happened whose push may be old: nothing newer is older than that
   */
  readonly newest: (key: MessageKey, eventMs: number, nowMs: number) => Promise<NewestMessage>;
}

// Two events of one message can be dated against their order by this much.
const skewMs = 5 * 60_000;
// FCM keeps no message longer, so no push is older.
const lookBackMs = 28 * dayMs;

/**
 * Keeps the memory of messages in one table a day. A partition is one message of one recipient and a row is one version
 * of it: no write reads before, and none competes with another for a row.
 */
export function createMessageMemory({ tables }: { readonly tables: TableService }): MessageMemory {
  const tableOf = (timeMs: number) => tables.table(dayTableName(dayTablePrefixes.messages, timeMs));
  return {
    async remember(key, { version, isDeleted, eventMs }) {
      const rowKey = `${String(version).padStart(16, '0')}-${isDeleted ? 'deleted' : 'edited'}`;
      await tableOf(eventMs).put(partitionOf(key), rowKey, { version, isDeleted });
    },
    async newest(key, eventMs, nowMs) {
      const names = daysBetween(Math.max(eventMs - skewMs, nowMs - lookBackMs), nowMs + skewMs).map((ms) =>
        dayTableName(dayTablePrefixes.messages, ms),
      );
      const partition = partitionOf(key);
      const rows = await Promise.all(names.map((name) => tables.table(name).list(partition)));
      return newestOf(rows.flat());
    },
  };
}

/**
 * Whether a push of a message has become wrong: the message was edited or deleted since. A deletion never becomes wrong.
 *
 * @param version of the message as the push shows it
 */
export function isSuperseded(
  kind: 'chat-message' | 'chat-message-edited' | 'chat-message-deleted',
  version: number,
  newest: NewestMessage,
): boolean {
  if (kind === 'chat-message-deleted') return false;
  return newest.isDeleted || (newest.version !== undefined && newest.version > version);
}

function partitionOf({ threadId, messageId, recipientId }: MessageKey): string {
  return hash('sha256', JSON.stringify([threadId, messageId, recipientId]), 'hex');
}

// One moment of each UTC day.
function daysBetween(firstMs: number, lastMs: number): readonly number[] {
  const days: number[] = [];
  for (let ms = firstMs; ms < lastMs; ms += dayMs) days.push(ms);
  days.push(lastMs);
  return [...new Map(days.map((ms) => [Math.floor(ms / dayMs), ms])).values()];
}

// A row that another version wrote is ignored: two versions share the table during a deployment.
function newestOf(rows: readonly TableRow[]): NewestMessage {
  let newest: number | undefined;
  let isDeleted = false;
  for (const { cells } of rows) {
    const { version } = cells;
    if (typeof version !== 'number') continue;
    newest = Math.max(newest ?? version, version);
    isDeleted ||= cells['isDeleted'] === true;
  }
  return { ...(newest === undefined ? {} : { version: newest }), isDeleted };
}
