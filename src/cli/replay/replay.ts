import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CliIo, type ExitCode, exitCode, inputUnusable } from '../io.ts';
import { readDevicesFile, sampleDevices } from './devices.ts';
import { type Comparison, compareWithGoldens, writeGoldens } from './goldens.ts';
import { findRecordings } from './recording.ts';
import { replayRecording, replaySettings } from './replay-recording.ts';
import type { Replayed } from './replayed.ts';
import { junitReport, replayLines, replaySummary, replayTable } from './report.ts';

/** The options of `acs-relay replay`. */
export interface ReplayOptions {
  /** Delay between each event and its delivery, milliseconds. */
  readonly lateMs: number;
  /** Settings of the relay that differ from their defaults, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** File of devices, in place of the sample devices. */
  readonly devices?: string;
  /** Folder of golden files to compare with. */
  readonly expect?: string;
  /** Write the golden files instead of comparing with them. */
  readonly update?: boolean;
  /** File to write a JUnit report to. */
  readonly junit?: string;
  /** Print JSON lines instead of a table. */
  readonly json?: boolean;
}

/**
 * `acs-relay replay`: replays recordings, prints the result of each event, and compares it with golden files.
 *
 * @param paths recordings and folders of them
 * @returns 0, or 1 when a result differs from its golden file
 * @throws RelayError `INPUT_UNUSABLE` or `CONFIG_INVALID` for unusable input.
 */
export async function runReplay(
  paths: readonly string[],
  options: ReplayOptions,
  io: CliIo,
): Promise<ExitCode> {
  if (options.update && options.expect === undefined) {
    throw inputUnusable('--update requires --expect <folder>, the folder of the golden files.');
  }
  const config = replaySettings(options.settings);
  const devicesOf =
    options.devices === undefined ? sampleDevices : await readDevicesFile(options.devices, io.cwd);
  const results: Replayed[] = [];
  for (const recording of await findRecordings(paths, io.cwd)) {
    results.push(await replayRecording(recording, { config, devicesOf, lateMs: options.lateMs }));
  }
  io.out(options.json ? replayLines(results) : `${replayTable(results)}\n${replaySummary(results)}`);
  if (options.expect !== undefined && options.update) await writeGoldens(results, options.expect, io.cwd);
  const comparisons =
    options.expect === undefined
      ? results.map(({ name }): Comparison => ({ kind: 'same', name }))
      : await compareWithGoldens(results, options.expect, io.cwd);
  if (options.junit !== undefined) await writeJunit(options.junit, comparisons, io.cwd);
  return options.expect === undefined ? exitCode.same : reportComparisons(comparisons, options, io);
}

async function writeJunit(path: string, comparisons: readonly Comparison[], cwd: string): Promise<void> {
  const report = junitReport(
    comparisons.map((each) => {
      if (each.kind === 'same') return { name: each.name };
      const failure =
        each.kind === 'missing' ? 'No golden file.' : `Differs from the golden file.\n${each.diff}`;
      return { name: each.name, failure };
    }),
  );
  const file = resolve(cwd, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, report);
  } catch (error) {
    throw inputUnusable(`Cannot write the JUnit report ${path}.`, error);
  }
}

function reportComparisons(comparisons: readonly Comparison[], options: ReplayOptions, io: CliIo): ExitCode {
  // With --json, standard output contains nothing but JSON lines.
  const print = options.json ? io.err : io.out;
  const different = comparisons.filter((each) => each.kind === 'different');
  const missing = comparisons.filter((each) => each.kind === 'missing');
  for (const { diff } of different) print(`\n${diff}`);
  if (missing.length > 0) {
    const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
    throw inputUnusable(
      `No golden file for ${missing[0]?.name}${more} in ${options.expect}. Run again with --update to write it.`,
    );
  }
  const total = comparisons.length;
  if (different.length > 0) {
    print(`\n${different.length} of ${total} recordings differ from the golden files.\n`);
    return exitCode.different;
  }
  print(options.update ? 'Wrote the golden files.\n' : 'All recordings match the golden files.\n');
  return exitCode.same;
}
