import type { StorageSettings } from '../../config/relay-config.ts';
import { deadLetterReasons } from '../../deliveries/dead-letter.ts';
import {
  createDeadLetterStore,
  type DeadLetteredEvent,
  type DeadLetterStore,
} from '../../deliveries/dead-letter-store.ts';
import { RelayError } from '../../errors/errors.ts';
import { eventTime, parseEvent } from '../../events/parse-event.ts';
import { omitUndefined } from '../../shared/json.ts';
import { createAzureBlobStore } from '../../storage/blobs.ts';
import { inputUnusable } from '../io.ts';
import { printable } from '../terminal.ts';

/** A blob of the dead-letter container, read. */
export type DeadLetterBlob =
  | ReadableBlob
  /** It exists, but is not a dead letter. */
  | { readonly kind: 'unreadable'; readonly name: string; readonly message: string }
  | { readonly kind: 'missing'; readonly name: string };

/** A blob that is a dead letter of the relay or of Event Grid. */
export interface ReadableBlob {
  readonly kind: 'readable';
  readonly name: string;
  readonly origin: DeadLetteredEvent['origin'];
  /** One for the relay's own, any number for Event Grid's. */
  readonly events: readonly DescribedEvent[];
}

/** A dead-lettered event, with what its envelope says. */
export interface DescribedEvent extends DeadLetteredEvent {
  /** The type the event claims; absent when it is not an event. */
  readonly type?: string;
  /** When the event happened, epoch milliseconds; absent when it does not say. */
  readonly happenedAtMs?: number;
}

/** Selects dead letters. */
export interface DeadLetterFilter {
  /** What their names begin with, such as `2026/11/22`. */
  readonly prefix?: string | undefined;
  /** The relay's reason or Event Grid's, in any case. */
  readonly reason?: string | undefined;
}

/**
 * A container of dead letters in the relay's storage account.
 *
 * @throws RelayError `INPUT_UNUSABLE` for a name that no container can have
 *   ("Naming and referencing containers, blobs, and metadata")
 */
export function openDeadLetters(storage: StorageSettings, container: string): DeadLetterStore {
  if (!/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(container)) {
    throw inputUnusable(
      `Invalid container name ${printable(container)}. Use 3 to 63 lower-case letters, digits and single hyphens.`,
    );
  }
  return createDeadLetterStore({ blobs: createAzureBlobStore(storage, container) });
}

// Few enough to hold in memory: each may have several events of up to 1 MB.
const concurrentReads = 8;

/**
 * Reads the selected dead letters, oldest day first, page by page.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function* findDeadLetters(
  store: Pick<DeadLetterStore, 'list' | 'get'>,
  filter: DeadLetterFilter,
): AsyncGenerator<DeadLetterBlob> {
  let names: string[] = [];
  for await (const name of deadLetterNames(store, filter)) {
    names.push(name);
    if (names.length < concurrentReads) continue;
    yield* await readAll(store, names, filter);
    names = [];
  }
  yield* await readAll(store, names, filter);
}

const ownName = /^\d{4}\/\d{2}\/\d{2}\/([a-z-]+)\/[0-9a-f]{32}\.json$/;

/**
 * The names of all dead letters that the filter may select, oldest day first. The relay's own have their reason in the
 * name, so those with another reason are left out here; the reason of any other shows only when it is read.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function* deadLetterNames(
  store: Pick<DeadLetterStore, 'list'>,
  { prefix = '', reason }: DeadLetterFilter,
): AsyncGenerator<string> {
  const wanted = reason?.toLowerCase();
  for await (const name of store.list(prefix)) {
    const named = deadLetterReasons.find((known) => known === ownName.exec(name)?.[1]);
    if (wanted === undefined || named === undefined || named === wanted) yield name;
  }
}

/**
 * Reads one blob.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function readDeadLetter(
  store: Pick<DeadLetterStore, 'get'>,
  name: string,
): Promise<DeadLetterBlob> {
  try {
    const events = await store.get(name);
    if (events === undefined) return { kind: 'missing', name };
    // Only Event Grid's can be empty.
    const origin = events[0]?.origin ?? 'event-grid';
    return { kind: 'readable', name, origin, events: events.map(describe) };
  } catch (error) {
    if (!(error instanceof RelayError && error.code === 'INPUT_UNUSABLE')) throw error;
    return { kind: 'unreadable', name, message: error.message };
  }
}

/**
 * Whether any event of a blob was dead-lettered for this reason, compared without case. Always true for the undefined
 * reason, and for a blob that cannot be read, whose reason is unknown.
 */
export function hasReason(blob: DeadLetterBlob, reason: string | undefined): boolean {
  if (blob.kind !== 'readable' || reason === undefined) return true;
  return blob.events.some((event) => event.reason.toLowerCase() === reason.toLowerCase());
}

/** A time for a table, such as `2026-11-22T09:00:00Z`; `-` when it is unknown. */
export function safeTime(timeMs: number | undefined): string {
  if (timeMs === undefined || !(Math.abs(timeMs) <= 8.64e15)) return '-';
  return new Date(timeMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** An event type for a table: shortened for ACS, unchanged for other Azure services, `other` for the rest. */
export function safeType(type: string | undefined): string {
  if (type === undefined) return '-';
  if (!/^Microsoft(?:\.[A-Za-z]{1,80}){2,4}$/.test(type)) return 'other';
  return type.replace(/^Microsoft\.Communication\./, '');
}

/**
 * A word that Azure or the relay chose (a reason, a code, an outcome), for a table. Any other text comes from the sender
 * of the event, may contain a name or a phone number, and becomes `other`.
 */
export function safeWord(text: string | undefined): string {
  if (text === undefined || text === '') return '-';
  return /^[A-Za-z]+(?:[-_][A-Za-z]+)*$/.test(text) && text.length <= 60 ? text : 'other';
}

async function readAll(
  store: Pick<DeadLetterStore, 'get'>,
  names: readonly string[],
  { reason }: DeadLetterFilter,
): Promise<readonly DeadLetterBlob[]> {
  const blobs = await Promise.all(names.map((name) => readDeadLetter(store, name)));
  // A missing one was deleted after it was listed.
  return blobs.filter((blob) => blob.kind !== 'missing' && hasReason(blob, reason));
}

function describe(deadLettered: DeadLetteredEvent): DescribedEvent {
  const { event, identity } = deadLettered;
  const value = event.kind === 'json' ? event.value : undefined;
  const parsed = parseEvent(value, 0);
  const claimed = parsed.kind === 'event' ? parsed.event.identity : parsed.identity;
  const type = (claimed ?? identity)?.type;
  return { ...deadLettered, ...omitUndefined({ type, happenedAtMs: eventTime(value) }) };
}
