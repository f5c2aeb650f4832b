import { loadConfig } from '../../config/load-config.ts';
import { omitUndefined } from '../../shared/json.ts';
import { type AppIo, type ExitCode, exitCode, readSettings } from '../io.ts';
import { counted, printable, textTable } from '../terminal.ts';
import { findLetters, type Letter, type LetterEvent, type LetterFilter, openContainer } from './letters.ts';
import { safeTime, safeType, safeWord } from './masking.ts';

/** What `dead-letters list` was asked for. */
export interface ListOptions extends LetterFilter {
  readonly container: string;
  /** How many letters to list at most. */
  readonly limit: number;
  readonly json?: boolean;
}

const nothing = { reason: '-', code: '-', type: '-', happenedAt: '-', putAsideAt: '-' } as const;
const heading = ['name', 'reason', 'code', 'event', 'put aside', 'attempt', 'redriven'];

/** What a list says about one event of a letter, or about a letter without events. Nothing of what is in it. */
interface ListedEvent {
  readonly name: string;
  /** Which event of a letter of several, such as `2 of 3`. */
  readonly part?: string;
  readonly origin: 'relay' | 'event-grid' | 'unreadable';
  readonly reason: string;
  readonly code: string;
  readonly type: string;
  readonly happenedAt: string;
  readonly putAsideAt: string;
  readonly attempt?: number;
  /** A time or `no`; absent for Event Grid's letters, which nothing is noted in. */
  readonly redrivenAt?: string;
}

/**
 * `acs-relay dead-letters list`: which events were put aside, and why.
 *
 * @returns 0, or 1 when a blob is no dead letter
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE` or `STORAGE_UNAVAILABLE`
 */
export async function runList(options: ListOptions, io: AppIo): Promise<ExitCode> {
  const { config } = loadConfig(readSettings(io));
  const blobs = openContainer(config.storage, options.container);
  const events: ListedEvent[] = [];
  let letters = 0;
  let more = false;
  for await (const letter of findLetters(blobs, options)) {
    more = letters === options.limit;
    if (more) break;
    letters += 1;
    events.push(...listEvents(letter));
  }
  const word = more
    ? `These are the first ${counted(letters, 'letter')}, and there are more: raise --limit, or narrow them down with --prefix or --reason.\n`
    : `${counted(letters, 'letter')}.\n`;
  if (options.json) {
    io.out(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    if (more) io.err(word);
  } else if (letters === 0) {
    io.out(`There are no such dead letters in the container ${options.container}.\n`);
  } else {
    io.out(`${textTable([heading, ...events.map(row)])}\n${word}`);
  }
  return events.some(({ origin }) => origin === 'unreadable') ? exitCode.different : exitCode.same;
}

/** What a list says about a letter: one entry for each event. */
function listEvents(letter: Letter): readonly ListedEvent[] {
  const name = printable(letter.name);
  if (letter.kind !== 'letter') return [{ ...nothing, name, origin: 'unreadable', reason: 'unreadable' }];
  const { origin, events } = letter;
  if (events.length === 0) return [{ ...nothing, name, origin, reason: 'empty' }];
  return events.map((event, index) => ({
    name,
    ...(events.length === 1 ? {} : { part: `${index + 1} of ${events.length}` }),
    origin,
    ...listEvent(event),
  }));
}

function listEvent(event: LetterEvent): Omit<ListedEvent, 'name' | 'origin' | 'part'> {
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
