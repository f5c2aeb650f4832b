import { loadConfig } from '../../config/load-config.ts';
import type { AppIo } from '../app-io.ts';
import { counted } from '../counted.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readSettings } from '../read-settings.ts';
import { textTable } from '../text-table.ts';
import { findLetters } from './find-letters.ts';
import type { LetterFilter } from './letter-filter.ts';
import { type ListedEvent, listEvents } from './list-events.ts';
import { openContainer } from './open-container.ts';

/** What `dead-letters list` was asked for. */
export interface ListOptions extends LetterFilter {
  readonly container: string;
  /** How many letters to list at most. */
  readonly limit: number;
  readonly json?: boolean;
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

const heading = ['name', 'reason', 'code', 'event', 'put aside', 'attempt', 'redriven'];

function row({ name, part, reason, code, type, putAsideAt, attempt, redrivenAt }: ListedEvent) {
  const named = part === undefined ? name : `${name} (${part})`;
  return [named, reason, code, type, putAsideAt, String(attempt ?? '-'), redrivenAt ?? '-'];
}
