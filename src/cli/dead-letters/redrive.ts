import { randomUUID } from 'node:crypto';
import type { App } from '../../app/compose-app.ts';
import { composeApp } from '../../app/compose-app.ts';
import { startAttempt } from '../../app/handle-events.ts';
import { createDeadLetterStore } from '../../deliveries/dead-letter-store.ts';
import { RelayError } from '../../errors/errors.ts';
import type { Attempt } from '../../relay/attempt.ts';
import type { BlobStore } from '../../storage/blobs.ts';
import { type AppIo, type ExitCode, exitCode, inputUnusable, readSettings } from '../io.ts';
import { counted } from '../terminal.ts';
import { openContainer } from './letters.ts';
import {
  chooseLetters,
  countPushes,
  isOutage,
  type RedriveMeans,
  type RedriveOptions,
  redriveLetters,
} from './redrive-letters.ts';
import { addStep, noTotals, stepLine, totalsText } from './redrive-report.ts';
import { createTrialRelay } from './trial-relay.ts';

/** So many pushes go out without a question. */
const unasked = 10;

/** After so many failures in a row the rest is not tried: each one can take half a minute. */
const failuresInARow = 3;

/**
 * `acs-relay dead-letters redrive`: puts events through the pipeline once more.
 *
 * @returns 0, or 1 when an event is still not done
 * @throws RelayError `INPUT_UNUSABLE`, `CONFIG_INVALID`, or `STORAGE_UNAVAILABLE` before anything was tried
 */
export async function runRedrive(
  names: readonly string[],
  options: RedriveOptions,
  io: AppIo,
): Promise<ExitCode> {
  const app = await composeApp(readSettings(io));
  try {
    for (const warning of app.warnings) io.err(`acs-relay: ${warning}\n`);
    const blobs = openContainer(app.config.storage, options.container);
    const chosen = await chooseLetters(names, options, blobs);
    if (chosen.length === 0) {
      io.out(`There are no such dead letters in the container ${options.container}.\n`);
      return exitCode.same;
    }
    if (!(options.dryRun || options.yes || (await isWanted(chosen, options, io, app, blobs)))) {
      io.out('Nothing was sent.\n');
      return exitCode.different;
    }
    return await redrive(chosen, options, io, app, blobs);
  } finally {
    await app.close();
  }
}

async function isWanted(
  names: readonly string[],
  options: RedriveOptions,
  io: AppIo,
  app: App,
  blobs: BlobStore,
): Promise<boolean> {
  const pushes = await countPushes(redriveLetters(names, blobs, trialMeans(app), options), unasked);
  if (pushes <= unasked) return true;
  if (io.ask === undefined) {
    throw inputUnusable(
      `More than ${unasked} pushes would be sent. Look at them with --dry-run, and add --yes to send them.`,
    );
  }
  const letters = counted(names.length, 'letter');
  return io.ask(`More than ${unasked} pushes would be sent from ${letters}. Send them? (y/N) `);
}

// One trial for all events: as in a redrive, an event finds what those before it left behind.
function trialMeans(app: App): RedriveMeans {
  const trial = createTrialRelay(app);
  return { newTrial: () => trial, startAttempt: () => attemptOf(app) };
}

function attemptOf({ clock }: App): Attempt {
  const silent = () => {};
  const invocation = {
    functionName: 'redrive',
    invocationId: `redrive-${randomUUID()}`,
    debug: silent,
    info: silent,
    warn: silent,
    error: silent,
  };
  return { ...startAttempt(invocation, clock), redrive: true };
}

async function redrive(
  names: readonly string[],
  options: RedriveOptions,
  io: AppIo,
  app: App,
  blobs: BlobStore,
): Promise<ExitCode> {
  const { container, dryRun = false } = options;
  const store = createDeadLetterStore({ blobs });
  const means = dryRun ? trialMeans(app) : sendingMeans(app);
  let totals = noTotals;
  let failures = 0;
  let stopped: string | undefined;
  try {
    for await (const step of redriveLetters(names, blobs, means, options)) {
      totals = addStep(totals, step);
      // Of all letters, those redriven before are only counted.
      if (!(step.kind === 'left-out' && options.all)) io.out(stepLine(step, { dryRun, container }));
      if (step.kind === 'end' && step.done && !dryRun)
        await store.markRedriven(step.letter.name, app.clock());
      if (step.kind === 'event') failures = isOutage(step.result) ? failures + 1 : 0;
      if (failures < failuresInARow) continue;
      stopped = `${failures} events in a row failed for what ails storage or the hub, and the rest was not tried. Mend it and run this again: what was sent is not sent twice.`;
      break;
    }
  } catch (error) {
    if (totals === noTotals || !(error instanceof RelayError)) throw error;
    stopped = `The rest was not tried. ${error.message}`;
  }
  io.out(`\n${totalsText(totals, dryRun)}`);
  if (stopped !== undefined) io.err(`acs-relay: ${stopped}\n`);
  const complete = stopped === undefined && totals.done === totals.events && totals.unusable === 0;
  return complete ? exitCode.same : exitCode.different;
}

function sendingMeans(app: App): RedriveMeans {
  return {
    newTrial: () => createTrialRelay(app),
    relay: app.relay,
    startAttempt: () => attemptOf(app),
  };
}
