import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CliIo, type ExitCode, exitCode, inputUnusable } from '../io.ts';
import { readDevicesFile, sampleDevices } from './devices.ts';
import { type Comparison, compareWithGoldens, writeGoldens } from './goldens.ts';
import { findRecordings } from './recording.ts';
import { replayRecording, replaySettings } from './replay-recording.ts';
import type { Replayed } from './replayed.ts';
import { junitReport, replayLines, replaySummary, replayTable } from './report.ts';

/** The options of `acs-relay replay`, checked one by one. */
export interface ReplayOptions {
  /** How long after each event the relay gets it, milliseconds. */
  readonly lateMs: number;
  /** Settings of the relay that differ from their defaults, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** File of devices, instead of the sample devices. */
  readonly devices?: string;
  /** Folder of golden files to compare with. */
  readonly expect?: string;
  /** True: write the golden files rather than compare with them. */
  readonly update?: boolean;
  /** File to write a JUnit report to. */
  readonly junit?: string;
  /** True: print JSON lines rather than a table. */
  readonly json?: boolean;
}

/**
 * `acs-relay replay`: replays recordings, prints what became of each event, and compares it with the golden files where
 * there are any.
 *
 * @param paths recordings and folders of them
 * @returns 0, or 1 when something differs from the golden files
 * @throws RelayError `INPUT_UNUSABLE` or `CONFIG_INVALID` for input that cannot be used.
 */
export async function runReplay(
  paths: readonly string[],
  options: ReplayOptions,
  io: CliIo,
): Promise<ExitCode> {
  if (options.update && options.expect === undefined) {
    throw inputUnusable('--update needs --expect <folder>, which says where the golden files are.');
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
  return options.expect === undefined ? exitCode.same : tell(comparisons, options, io);
}

async function writeJunit(path: string, comparisons: readonly Comparison[], cwd: string): Promise<void> {
  const report = junitReport(
    comparisons.map((each) => {
      if (each.kind === 'same') return { name: each.name };
      const failure =
        each.kind === 'missing'
          ? 'There is no golden file.'
          : `Different from the golden file.\n${each.diff}`;
      return { name: each.name, failure };
    }),
  );
  const file = resolve(cwd, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, report);
  } catch (error) {
    throw inputUnusable(`The JUnit report ${path} cannot be written.`, error);
  }
}

function tell(comparisons: readonly Comparison[], options: ReplayOptions, io: CliIo): ExitCode {
  // With --json, standard output holds JSON lines and nothing else.
  const print = options.json ? io.err : io.out;
  const different = comparisons.filter((each) => each.kind === 'different');
  const missing = comparisons.filter((each) => each.kind === 'missing');
  for (const { diff } of different) print(`\n${diff}`);
  if (missing.length > 0) {
    const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
    throw inputUnusable(
      `There is no golden file for ${missing[0]?.name}${more} in ${options.expect}. Run again with --update to write it.`,
    );
  }
  const total = comparisons.length;
  if (different.length > 0) {
    print(`\n${different.length} of ${total} recordings differ from the golden files.\n`);
    return exitCode.different;
  }
  print(options.update ? 'The golden files are written.\n' : 'All is as the golden files say.\n');
  return exitCode.same;
}
