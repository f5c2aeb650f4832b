import { randomUUID } from 'node:crypto';
import { type App, startTimer } from '../../app/compose-app.ts';
import { createCallMemory } from '../../deliveries/call-memory.ts';
import type { DeadLetterStore } from '../../deliveries/dead-letter-store.ts';
import { createLedger } from '../../deliveries/ledger.ts';
import { createMessageMemory } from '../../deliveries/message-memory.ts';
import { RelayError } from '../../errors/errors.ts';
import type { DirectSendClient } from '../../notification-hubs/direct-send-client.ts';
import { createRelay, type Relay } from '../../relay/relay.ts';
import { createMemoryTableService } from '../../storage/memory-tables.ts';
import type { TableService, TableStore } from '../../storage/tables.ts';
import { type AppIo, type ExitCode, exitCode, inputUnusable, withApp } from '../io.ts';
import { counted } from '../terminal.ts';
import { type DeadLetterFilter, deadLetterNames, openDeadLetters } from './dead-letters.ts';
import { countPushes, isOutage, type RedriveContext, redriveDeadLetters } from './redrive-events.ts';
import { addStep, noTotals, stepLine, totalsText } from './redrive-report.ts';

/** The options of `dead-letters redrive`. */
export interface RedriveOptions extends DeadLetterFilter {
  readonly container: string;
  /** Every dead letter that the filter selects, rather than named ones. */
  readonly all?: boolean;
  /** Only print what would be done. */
  readonly dryRun?: boolean;
  /** Send without asking, however many pushes there are. */
  readonly yes?: boolean;
  /** Also what was redriven before. */
  readonly again?: boolean;
}

/** How many pushes are sent without a question. */
const unasked = 10;

/**
 * `acs-relay dead-letters redrive`: puts events through the pipeline once more.
 *
 * @returns 0, or 1 when an event is still not done
 * @throws RelayError `INPUT_UNUSABLE`, `CONFIG_INVALID`, or `STORAGE_UNAVAILABLE` before the first event
 */
export function runRedrive(names: readonly string[], options: RedriveOptions, io: AppIo): Promise<ExitCode> {
  return withApp(io, async (app) => {
    const store = openDeadLetters(app.config.storage, options.container);
    const chosen = await chooseDeadLetters(names, options, store);
    if (chosen.length === 0) {
      io.out(`No matching dead letters in container ${options.container}.\n`);
      return exitCode.same;
    }
    if (!(options.dryRun || options.yes || (await isWanted(chosen, options, io, app, store)))) {
      io.out('Nothing was sent.\n');
      return exitCode.different;
    }
    return redrive(chosen, options, io, app, store);
  });
}

/**
 * The names of the dead letters to redrive, each once. All names are collected before anything is sent, since a redrive
 * can dead-letter events itself.
 */
async function chooseDeadLetters(
  names: readonly string[],
  { all = false, prefix, reason }: RedriveOptions,
  store: DeadLetterStore,
): Promise<readonly string[]> {
  const seeList = 'To see the names, run "acs-relay dead-letters list".';
  if (all) {
    if (names.length > 0) throw inputUnusable('Give either names of dead letters or --all, not both.');
    const found: string[] = [];
    for await (const name of deadLetterNames(store, { prefix, reason })) found.push(name);
    return found;
  }
  if (names.length === 0) throw inputUnusable(`Name the dead letters to redrive, or give --all. ${seeList}`);
  if (prefix !== undefined || reason !== undefined) {
    throw inputUnusable('--prefix and --reason require --all, and no names.');
  }
  if (names.includes('')) throw inputUnusable(`The name of a dead letter is empty. ${seeList}`);
  return [...new Set(names)];
}

async function isWanted(
  names: readonly string[],
  options: RedriveOptions,
  io: AppIo,
  app: App,
  store: DeadLetterStore,
): Promise<boolean> {
  const pushes = await countPushes(redriveDeadLetters(names, store, dryRunContext(app), options), unasked);
  if (pushes <= unasked) return true;
  if (io.ask === undefined) {
    throw inputUnusable(
      `This would send more than ${unasked} pushes. Review them with --dry-run, then add --yes to send them.`,
    );
  }
  const from = counted(names.length, 'dead letter');
  return io.ask(`This would send more than ${unasked} pushes from ${from}. Send them? (y/N) `);
}

/** Each failure can take half a minute. */
const maxConsecutiveFailures = 3;

async function redrive(
  names: readonly string[],
  options: RedriveOptions,
  io: AppIo,
  app: App,
  store: DeadLetterStore,
): Promise<ExitCode> {
  const { container, dryRun = false } = options;
  const context = dryRun ? dryRunContext(app) : sendingContext(app);
  let totals = noTotals;
  let failures = 0;
  let stopped: string | undefined;
  try {
    for await (const step of redriveDeadLetters(names, store, context, options)) {
      totals = addStep(totals, step);
      // With --all, those redriven before are only counted.
      if (!(step.kind === 'left-out' && options.all)) io.out(stepLine(step, { dryRun, container }));
      if (step.kind === 'end' && step.done && !dryRun)
        await store.markRedriven(step.deadLetter.name, app.clock());
      if (step.kind === 'event') failures = isOutage(step.result) ? failures + 1 : 0;
      if (failures < maxConsecutiveFailures) continue;
      stopped = `Stopped after ${failures} consecutive storage or hub failures. Fix the cause and run the command again; delivered pushes are not repeated.`;
      break;
    }
  } catch (error) {
    if (totals === noTotals || !(error instanceof RelayError)) throw error;
    stopped = `The remaining events were not tried. ${error.message}`;
  }
  io.out(`\n${totalsText(totals, dryRun)}`);
  if (stopped !== undefined) io.err(`acs-relay: ${stopped}\n`);
  const complete = stopped === undefined && totals.done === totals.events && totals.unusable === 0;
  return complete ? exitCode.same : exitCode.different;
}

// One dry run for all events: as in a redrive, an event finds what earlier events left behind.
function dryRunContext(app: App): RedriveContext {
  const relay = createDryRunRelay(app);
  return { dryRun: () => relay, startAttempt: () => startAttempt(app) };
}

// The real pipeline leaves something behind as well, so each dry run starts from storage again.
function sendingContext(app: App): RedriveContext {
  return {
    dryRun: () => createDryRunRelay(app),
    relay: app.relay,
    startAttempt: () => startAttempt(app),
  };
}

// As long as an event has that Event Grid delivers.
const budgetMs = 25_000;

function startAttempt({ clock }: App) {
  return {
    functionName: 'redrive',
    owner: `redrive-${randomUUID()}`,
    log: () => {},
    budgetEndsMs: clock() + budgetMs,
    redrive: true,
  } as const;
}

const nowhere: DirectSendClient = {
  send: async () => ({ kind: 'accepted' }),
  close: async () => {},
};

/**
 * The app's pipeline without side effects: it reads the real devices, ledger and calls, keeps its writes in memory, and
 * accepts every push without sending it. Its reports say what the app would do now.
 */
function createDryRunRelay(app: App): Relay {
  const { ringMs, chatTtlMs, chatContent, defaultLocale, voipHub } = app.config;
  const tables = createScratchTables(app.tables);
  return createRelay({
    clock: app.clock,
    sleep: async () => {},
    startTimer,
    random: () => 0,
    mapping: { ringMs, chatTtlMs, chatContent },
    defaultLocale,
    alertHub: [nowhere],
    ...(voipHub === undefined ? {} : { voipHub: [nowhere] }),
    findDevices: app.devices.list,
    ledger: createLedger({ tables, newId: randomUUID }),
    calls: createCallMemory({ tables }),
    messages: createMessageMemory({ tables }),
    deadLetter: async () => {},
    userReference: () => '',
  });
}

/**
 * Tables that start with the content of the real ones and keep every write in memory. A partition is copied from the
 * real table when it is first used. Row versions differ from the real ones.
 */
export function createScratchTables(real: TableService): TableService {
  const memory = createMemoryTableService();
  const copies = new Map<string, Promise<void>>();

  const copy = (name: string, partitionKey: string): Promise<void> => {
    const id = JSON.stringify([name, partitionKey]);
    const copying = copies.get(id) ?? copyPartition(real.table(name), memory.table(name), partitionKey);
    copies.set(id, copying);
    return copying;
  };

  const table = (name: string): TableStore => {
    const scratch = memory.table(name);
    const after =
      <Rest extends readonly unknown[], Result>(
        run: (partitionKey: string, ...rest: Rest) => Promise<Result>,
      ) =>
      async (partitionKey: string, ...rest: Rest): Promise<Result> => {
        await copy(name, partitionKey);
        return run(partitionKey, ...rest);
      };
    return {
      get: after(scratch.get),
      list: after(scratch.list),
      insert: after(scratch.insert),
      put: after(scratch.put),
      replace: after(scratch.replace),
      remove: after(scratch.remove),
    };
  };

  return { ...memory, table };
}

async function copyPartition(from: TableStore, to: TableStore, partitionKey: string): Promise<void> {
  for (const { rowKey, cells } of await from.list(partitionKey)) await to.put(partitionKey, rowKey, cells);
}
