import { loadConfig } from '../../config/load-config.ts';
import { withoutSecrets } from '../../deliveries/call-secrets.ts';
import { omitUndefined } from '../../shared/json.ts';
import { type AppIo, type ExitCode, exitCode, inputUnusable, readSettings } from '../io.ts';
import { jsonText, printable, textTable } from '../terminal.ts';
import {
  type DescribedEvent,
  openDeadLetters,
  type ReadableBlob,
  readDeadLetter,
  safeTime,
} from './dead-letters.ts';
import { maskEvent } from './masking.ts';

/** The options of `dead-letters show`. */
export interface ShowOptions {
  readonly container: string;
  /** Show texts, names and users as well. */
  readonly content?: boolean;
  readonly json?: boolean;
}

const seeList = 'To see the names, run "acs-relay dead-letters list".';

/**
 * `acs-relay dead-letters show`: one dead letter with its events.
 *
 * @throws RelayError `INPUT_UNUSABLE` when the dead letter does not exist or cannot be read; `CONFIG_INVALID` or `STORAGE_UNAVAILABLE`
 */
export async function runShow(name: string, options: ShowOptions, io: AppIo): Promise<ExitCode> {
  const { config } = loadConfig(readSettings(io));
  const { container, content = false, json = false } = options;
  const store = openDeadLetters(config.storage, container);
  if (name === '') throw inputUnusable(`The name of the dead letter is empty. ${seeList}`);
  const deadLetter = await readDeadLetter(store, name);
  if (deadLetter.kind === 'unreadable') throw inputUnusable(`${printable(name)}: ${deadLetter.message}`);
  if (deadLetter.kind === 'missing') {
    throw inputUnusable(`No dead letter ${printable(name)} in container ${container}. ${seeList}`);
  }
  const shown = showDeadLetter(deadLetter, content);
  if (json) {
    io.out(`${jsonText({ ...shown, content: content ? 'shown' : 'masked' })}\n`);
    return exitCode.same;
  }
  io.out(deadLetterText(shown));
  if (!content) io.out('\nTexts, names, users and phone numbers are masked. Use --content to show them.\n');
  return exitCode.same;
}

/** The JSON output, but for `content`. */
interface ShownDeadLetter {
  readonly name: string;
  readonly origin: 'relay' | 'event-grid';
  readonly functionName?: string;
  /** How many pushes ended in which outcome. */
  readonly outcomes?: DescribedEvent['outcomes'];
  readonly events: readonly ShownEvent[];
}

/**
 * @param content true to show texts, names and users. The secrets of a call (`incomingCallContext` and its parts, which
 *   Event Grid's dead letters still contain) are never shown.
 */
function showDeadLetter({ name, origin, events }: ReadableBlob, content: boolean): ShownDeadLetter {
  const [{ functionName, outcomes } = {}] = events;
  return {
    name,
    origin,
    ...omitUndefined({ functionName, outcomes }),
    events: events.map((event) => showEvent(event, content)),
  };
}

interface ShownEvent {
  readonly reason: string;
  readonly code?: string;
  readonly message: string;
  readonly attempt: number;
  readonly type?: string;
  readonly happenedAt: string;
  readonly putAsideAt: string;
  /** Absent when it was not redriven, and always for Event Grid's. */
  readonly redrivenAt?: string;
  /** The event in its envelope; or the text that is not JSON, and its length. */
  readonly event: unknown;
}

function showEvent(described: DescribedEvent, content: boolean): ShownEvent {
  const { reason, code, type, message, attempt, event } = described;
  const { happenedAtMs, deadLetteredAtMs, redrivenAtMs } = described;
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

function withContent(event: DescribedEvent['event']): unknown {
  return event.kind === 'json'
    ? withoutSecrets(event.value)
    : { text: withoutSecrets(event.text), length: event.length };
}

function withoutContent(event: DescribedEvent['event']): unknown {
  return event.kind === 'json'
    ? maskEvent(event.value)
    : { text: maskEvent(event.text), length: event.length };
}

function deadLetterText({ name, origin, functionName, outcomes = {}, events }: ShownDeadLetter): string {
  const ended = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  const head = textTable([
    ['name', printable(name)],
    ['dead-lettered by', origin === 'relay' ? `the relay (${printable(functionName ?? '-')})` : 'Event Grid'],
    ...(ended.length === 0 ? [] : [['pushes', ended.join(', ')]]),
  ]);
  const bodies = events.map((event, index) => {
    const title = events.length === 1 ? '' : `Event ${index + 1} of ${events.length}\n`;
    return `\n${title}${eventText(event, origin)}`;
  });
  return `${head}${bodies.join('') || '\nIt contains no events.\n'}`;
}

function eventText(event: ShownEvent, origin: ShownDeadLetter['origin']): string {
  const { reason, code, message, attempt, type, happenedAt, putAsideAt, redrivenAt } = event;
  const rows = [
    ['reason', reason],
    ...(origin === 'event-grid' ? [['last outcome', message]] : [['code', code ?? '-']]),
    ...(origin === 'event-grid' ? [] : [['message', message]]),
    ['attempt', String(attempt)],
    ['type', type ?? '-'],
    ['happened', happenedAt],
    ['dead-lettered', putAsideAt],
    ...(origin === 'event-grid' ? [] : [['redriven', redrivenAt ?? 'no']]),
  ];
  const table = textTable(rows.map((row) => row.map(printable)));
  return `${table}${jsonText(event.event, 2)}\n`;
}
