import { loadConfig } from '../../config/load-config.ts';
import type { AppIo } from '../app-io.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { inputUnusable } from '../input-unusable.ts';
import { jsonText } from '../json-text.ts';
import { printable } from '../printable.ts';
import { readSettings } from '../read-settings.ts';
import { letterText } from './letter-text.ts';
import { openContainer } from './open-container.ts';
import { readLetter } from './read-letter.ts';
import { showLetter } from './show-letter.ts';

/** What `dead-letters show` was asked for. */
export interface ShowOptions {
  readonly container: string;
  /** Show texts, names and users, too. */
  readonly content?: boolean;
  readonly json?: boolean;
}

/**
 * `acs-relay dead-letters show`: one letter with its events.
 *
 * @throws RelayError `INPUT_UNUSABLE` when there is no such letter; `CONFIG_INVALID` or `STORAGE_UNAVAILABLE`
 */
export async function runShow(name: string, options: ShowOptions, io: AppIo): Promise<ExitCode> {
  const { config } = loadConfig(readSettings(io));
  const { container, content = false, json = false } = options;
  const blobs = openContainer(config.storage, container);
  if (name === '') throw inputUnusable('The name of the dead letter is empty. Look for it with list.');
  const letter = readLetter(name, await blobs.get(name));
  if (letter.kind === 'unreadable') throw inputUnusable(`${printable(name)}: ${letter.message}`);
  if (letter.kind === 'missing') {
    throw inputUnusable(
      `There is no dead letter ${printable(name)} in the container ${container}. Look for it with list.`,
    );
  }
  const shown = showLetter(letter, content);
  if (json) {
    io.out(`${jsonText({ ...shown, content: content ? 'shown' : 'masked' })}\n`);
    return exitCode.same;
  }
  io.out(letterText(shown));
  if (!content) io.out('\nTexts, names, users and phone numbers are masked. Give --content to show them.\n');
  return exitCode.same;
}
