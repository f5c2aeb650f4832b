import { loadConfig } from '../../config/load-config.ts';
import { withoutSecrets } from '../../deliveries/call-secrets.ts';
import type { DeadLetter } from '../../deliveries/dead-letter.ts';
import { omitUndefined } from '../../shared/json.ts';
import { type AppIo, type ExitCode, exitCode, inputUnusable, readSettings } from '../io.ts';
import { jsonText, printable, textTable } from '../terminal.ts';
import { type Letter, type LetterEvent, openContainer, readLetter } from './letters.ts';
import { maskEvent, safeTime } from './masking.ts';

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

/** A letter, ready to be shown: with the content of its events or without. */
interface ShownLetter {
  readonly name: string;
  readonly origin: 'relay' | 'event-grid';
  readonly functionName?: string;
  /** How many pushes ended in which outcome. */
  readonly outcomes?: DeadLetter['outcomes'];
  readonly events: readonly ShownEvent[];
}

/**
 * @param content true to show texts, names and users. The secrets of a call (`incomingCallContext` and its parts, which
 *   Event Grid's letters still have) are never shown.
 */
function showLetter(letter: Extract<Letter, { kind: 'letter' }>, content: boolean): ShownLetter {
  const { name, origin, stored, events } = letter;
  return {
    name,
    origin,
    ...omitUndefined({ functionName: stored?.functionName, outcomes: stored?.outcomes }),
    events: events.map((event) => showEvent(event, content)),
  };
}

/** One event of a letter, ready to be shown. */
interface ShownEvent {
  readonly reason: string;
  readonly code?: string;
  readonly message: string;
  readonly attempt: number;
  readonly type?: string;
  readonly happenedAt: string;
  readonly putAsideAt: string;
  /** Absent when it was not redriven, and for Event Grid's. */
  readonly redrivenAt?: string;
  /** The event in its envelope, or the text that was no JSON and how many characters it had. */
  readonly event: unknown;
}

function showEvent(letterEvent: LetterEvent, content: boolean): ShownEvent {
  const { reason, code, type, message, attempt, event } = letterEvent;
  const { happenedAtMs, deadLetteredAtMs, redrivenAtMs } = letterEvent;
  const redrivenAt = redrivenAtMs === undefined ? undefined : safeTime(redrivenAtMs);
  return {
    reason,
    ...omitUndefined({ code, type }),
    message,
    attempt,
    happenedAt: safeTime(happenedAtMs),
    putAsideAt: safeTime(deadLetteredAtMs),
    ...omitUndefined({ redrivenAt }),
    event: content ? withContent(event) : withoutContent(event),
  };
}

function withContent(event: LetterEvent['event']): unknown {
  return event.kind === 'json'
    ? withoutSecrets(event.value)
    : { text: withoutSecrets(event.text), length: event.length };
}

function withoutContent(event: LetterEvent['event']): unknown {
  return event.kind === 'json'
    ? maskEvent(event.value)
    : { text: maskEvent(event.text), length: event.length };
}

/** A letter for people to read in a terminal. */
function letterText(letter: ShownLetter): string {
  const { name, origin, functionName, outcomes = {}, events } = letter;
  const ended = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  const head = textTable([
    ['name', printable(name)],
    ['put aside by', origin === 'relay' ? `the relay (${printable(functionName ?? '-')})` : 'Event Grid'],
    ...(ended.length === 0 ? [] : [['pushes', ended.join(', ')]]),
  ]);
  const bodies = events.map((event, index) => {
    const title = events.length === 1 ? '' : `Event ${index + 1} of ${events.length}\n`;
    return `\n${title}${eventText(event, origin)}`;
  });
  return `${head}${bodies.join('') || '\nIt holds no event.\n'}`;
}

function eventText(event: ShownEvent, origin: ShownLetter['origin']): string {
  const { reason, code, message, attempt, type, happenedAt, putAsideAt, redrivenAt } = event;
  const rows = [
    ['reason', reason],
    ...(origin === 'event-grid' ? [['last outcome', message]] : [['code', code ?? '-']]),
    ...(origin === 'event-grid' ? [] : [['message', message]]),
    ['attempt', String(attempt)],
    ['type', type ?? '-'],
    ['happened', happenedAt],
    ['put aside', putAsideAt],
    ...(origin === 'event-grid' ? [] : [['redriven', redrivenAt ?? 'no']]),
  ];
  const table = textTable(rows.map((row) => row.map(printable)));
  return `${table}${jsonText(event.event, 2)}\n`;
}
