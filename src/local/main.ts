import { join } from 'node:path';
import { checkNodeVersion } from './check-node-version.ts';

/*
 * The entry of `npm start`. It checks the Node version before it loads anything else.
 * An argument names another folder as the Function App to run. With `--strict` the hub emulator answers 400 to a push
 * that Notification Hubs, APNs or FCM would reject.
 */

const repository = join(import.meta.dirname, '../..');
function print(line: string) {
  return void process.stdout.write(`${line}\n`);
}
function fail(message: string) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const tooOld = checkNodeVersion(process.versions.node);
if (tooOld !== undefined) fail(tooOld);

const { describeFailure, readStartArguments } = await import('./command-line.ts');
const { start } = await import('./start.ts');

let stop: (() => Promise<void>) | undefined;
const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal, or one before the stack has started, exits immediately.
    if (stop === undefined || ended.signal.aborted) process.exit(stop === undefined ? 130 : 1);
    ended.abort();
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(describeFailure(error)),
    );
  });
}

try {
  const { strict, appRoot = repository } = readStartArguments(process.argv.slice(2));
  const stack = await start({
    appRoot,
    strict,
    recordings: join(repository, 'test/replay/recordings'),
    environment: process.env,
    clock: () => Date.now(),
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    print,
  });
  stop = stack.stop;
} catch (error) {
  fail(describeFailure(error));
}
