import { loadConfig } from '../../config/load-config.ts';
import { omitUndefined } from '../../shared/json.ts';
import { type AppIo, type ExitCode, exitCode, readSettings } from '../io.ts';
import { counted, printable, textTable } from '../terminal.ts';
import {
  type DeadLetterBlob,
  type DeadLetterFilter,
  type DescribedEvent,
  findDeadLetters,
  openDeadLetters,
  safeTime,
  safeType,
  safeWord,
} from './dead-letters.ts';

/** The options of `dead-letters list`. */
export interface ListOptions extends DeadLetterFilter {
  readonly container: string;
  /** How many dead letters to list at most. */
  readonly limit: number;
  readonly json?: boolean;
}

const heading = ['name', 'reason', 'code', 'event', 'dead-lettered', 'attempt', 'redriven'];

/**
 * `acs-relay dead-letters list`: which events were dead-lettered, and why.
 *
 * @returns 0, or 1 when a blob is not a dead letter
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE` or `STORAGE_UNAVAILABLE`
 */
export async function runList(options: ListOptions, io: AppIo): Promise<ExitCode> {
  const { config } = loadConfig(readSettings(io));
  const store = openDeadLetters(config.storage, options.container);
  const events: ListedEvent[] = [];
  let count = 0;
  let more = false;
  for await (const deadLetter of findDeadLetters(store, options)) {
    more = count === options.limit;
    if (more) break;
    count += 1;
    events.push(...listEvents(deadLetter));
  }
  const total = counted(count, 'dead letter');
  const summary = more
    ? `Listed the first ${total}; there are more. Raise --limit, or narrow the list with --prefix or --reason.\n`
    : `${total}.\n`;
  if (options.json) {
    io.out(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    if (more) io.err(summary);
  } else if (count === 0) {
    io.out(`No matching dead letters in container ${options.container}.\n`);
  } else {
    io.out(`${textTable([heading, ...events.map(row)])}\n${summary}`);
  }
  return events.some(({ origin }) => origin === 'unreadable') ? exitCode.different : exitCode.same;
}

/** One row of the list: an event of a dead letter, or a dead letter without events. Contains no content. */
interface ListedEvent {
  readonly name: string;
  /** Which of several events, such as `2 of 3`. */
  readonly part?: string;
  readonly origin: 'relay' | 'event-grid' | 'unreadable';
  readonly reason: string;
  readonly code: string;
  readonly type: string;
  readonly happenedAt: string;
  readonly putAsideAt: string;
  readonly attempt?: number;
  /** A time or `no`; absent for Event Grid's, which are never marked. */
  readonly redrivenAt?: string;
}

const nothing = { reason: '-', code: '-', type: '-', happenedAt: '-', putAsideAt: '-' } as const;

function listEvents(deadLetter: DeadLetterBlob): readonly ListedEvent[] {
  const name = printable(deadLetter.name);
  if (deadLetter.kind !== 'readable') {
    return [{ ...nothing, name, origin: 'unreadable', reason: 'unreadable' }];
  }
  const { origin, events } = deadLetter;
  if (events.length === 0) return [{ ...nothing, name, origin, reason: 'empty' }];
  return events.map((event, index) => ({
    name,
    ...(events.length === 1 ? {} : { part: `${index + 1} of ${events.length}` }),
    origin,
    ...listEvent(event),
  }));
}

function listEvent(event: DescribedEvent): Omit<ListedEvent, 'name' | 'origin' | 'part'> {
  const { reason, code, type, happenedAtMs, deadLetteredAtMs, attempt, redrivenAtMs } = event;
  const redrivenAt =
    event.origin === 'event-grid' ? undefined : redrivenAtMs === undefined ? 'no' : safeTime(redrivenAtMs);
  return {
    reason: safeWord(reason),
    code: safeWord(code),
    type: safeType(type),
    happenedAt: safeTime(happenedAtMs),
    putAsideAt: safeTime(deadLetteredAtMs),
    attempt,
    ...omitUndefined({ redrivenAt }),
  };
}

function row({ name, part, reason, code, type, putAsideAt, attempt, redrivenAt }: ListedEvent) {
  const named = part === undefined ? name : `${name} (${part})`;
  return [named, reason, code, type, putAsideAt, String(attempt ?? '-'), redrivenAt ?? '-'];
}
