import { counted, textTable } from '../terminal.ts';
import type { Replayed, ReplayedEvent } from './replayed.ts';

const heading = ['recording', 'event', 'kind', 'end', 'reason', 'pushes'];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A table for the terminal, one line per event. Contains no texts, names or handles. */
export function replayTable(results: readonly Replayed[]): string {
  return textTable([heading, ...results.flatMap(({ name, events }) => rows(name, events))]);
}

/** The counts of a replay, such as `2 recordings, 3 events: pushed 2 (4 pushes), poison 1.` */
export function replaySummary(results: readonly Replayed[]): string {
  const events = results.flatMap((replayed) => replayed.events);
  const pushes = events.flatMap((event) => event.pushes).length;
  const ends = ['pushed', 'skipped', 'ignored', 'poison'].flatMap((end) => {
    const count = events.filter((event) => event.end === end).length;
    if (count === 0) return [];
    return end === 'pushed' ? `${end} ${count} (${counted(pushes, 'push', 'pushes')})` : `${end} ${count}`;
  });
  const input = `${counted(results.length, 'recording')}, ${counted(events.length, 'event')}`;
  return ends.length === 0 ? `${input}.\n` : `${input}: ${ends.join(', ')}.\n`;
}

/** JSON lines for scripts, one per event. */
export function replayLines(results: readonly Replayed[]): string {
  return results
    .flatMap(({ name, events }) =>
      events.map((event) => `${JSON.stringify({ recording: name, ...event })}\n`),
    )
    .join('');
}

interface JunitCase {
  readonly name: string;
  /** Why it failed, possibly several lines; absent when it passed. */
  readonly failure?: string;
}

/**
 * A JUnit XML report for CI systems, one test case per recording. It contains no times, so the same recordings produce the
 * same report.
 */
export function junitReport(cases: readonly JunitCase[]): string {
  const failures = cases.filter((each) => each.failure !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="acs-relay" ${counts}>`,
    `  <testsuite name="replay" ${counts} skipped="0">`,
    ...cases.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function rows(name: string, events: readonly ReplayedEvent[]): readonly (readonly string[])[] {
  if (events.length === 0) return [[name, '-', '-', 'empty', '-', '-']];
  return events.map(({ type, end, reason, pushes }) => [
    name,
    printable(type?.replace(/^Microsoft\.Communication\./, '') ?? '-'),
    [...new Set(pushes.map((push) => push.kind))].join('+') || '-',
    end,
    reason ?? '-',
    pushes.map((push) => `${push.deviceId}/${push.hub}:${push.outcome}`).join(' ') || '-',
  ]);
}

// The sender chooses the type of an event: it must not move the cursor or break the table.
function printable(text: string): string {
  const clean = text.replace(/[^\x21-\x7e]/g, '?');
  return clean.length > 60 ? `${clean.slice(0, 59)}~` : clean;
}

function testCase({ name, failure }: JunitCase): string {
  const start = `    <testcase classname="replay" name="${escapeXml(name)}"`;
  if (failure === undefined) return `${start}/>`;
  const message = escapeXml(failure.split('\n', 1).join(''));
  return `${start}>\n      <failure message="${message}">${escapeXml(failure)}</failure>\n    </testcase>`;
}

function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // XML 1.0 cannot represent these.
      .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      .replace(/[&<>"']/g, (character) => entities[character] ?? character)
  );
}
