import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lonelyFunctions } from '../support/lonely-functions.ts';
import {
  exportsOf,
  findCircles,
  importedPaths,
  importsOf,
  lineCount,
  readSourceFiles,
  repositoryRoot,
  roomOf,
  type SourceFile,
  sourceFile,
} from '../support/source-files.ts';

/** Which rooms a room may import from. Rooms that are not named are not rooms. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  errors: [],
  config: ['shared', 'errors'],
  telemetry: ['errors', 'config'],
  storage: ['shared', 'errors', 'config'],
  events: ['shared', 'errors'],
  notifications: ['shared', 'errors', 'config', 'events'],
  'notification-hubs': ['shared', 'errors', 'config', 'storage', 'notifications'],
  devices: ['shared', 'errors', 'storage', 'notifications'],
  deliveries: ['shared', 'errors', 'storage', 'notification-hubs'],
  http: ['shared', 'errors', 'config', 'telemetry', 'devices'],
  relay: [
    'shared',
    'errors',
    'telemetry',
    'events',
    'notifications',
    'notification-hubs',
    'devices',
    'deliveries',
  ],
  app: [
    'shared',
    'errors',
    'config',
    'telemetry',
    'storage',
    'notification-hubs',
    'devices',
    'deliveries',
    'http',
    'relay',
  ],
  functions: ['app', 'telemetry'],
};

/** The modules of a room that other rooms may import. What is not here is the room's own business. */
const publicModules: Readonly<Record<string, readonly string[]>> = {
  shared: ['json', 'lazy', 'loopback', 'schema', 'time'],
  errors: ['errors'],
  config: [
    'hub-connection',
    'load-config',
    'local-settings',
    'read-callers',
    'relay-config',
    'settings',
    'settings-reader',
  ],
  telemetry: ['logger', 'open-telemetry/start-open-telemetry', 'references', 'telemetry', 'tracing'],
  storage: [
    'azure-table-service',
    'azure-table-store',
    'blob-container',
    'blobs',
    'data-tables',
    'memory-tables',
    'retry',
    'sign-in',
    'tables',
  ],
  events: ['event-types', 'parse-event', 'relay-event'],
  notifications: ['build-push', 'end-of-ring', 'fit-body', 'map-event', 'notification', 'push'],
  'notification-hubs': [
    'classify-response',
    'direct-send-client',
    'feedback/feedback-container',
    'feedback/feedback-document',
    'feedback/feedback-reader',
    'probe',
    'push-outcome',
    'request',
    'transports/hub-transport',
    'transports/hub-transports',
    'transports/socket-queue',
    'transports/undici-transport',
  ],
  devices: ['device', 'device-registry', 'registration'],
  deliveries: [
    'call-memory',
    'call-secrets',
    'claim',
    'day-tables',
    'dead-letter',
    'dead-letter-store',
    'ledger',
    'message-memory',
    'outcomes',
  ],
  http: ['authentication', 'device-api', 'events-webhook', 'health', 'messages'],
  relay: ['attempt', 'event-report', 'hub-health', 'relay', 'send-push'],
  app: ['compose-app', 'handle-events', 'handle-http', 'load-ahead', 'prune-devices', 'sweep'],
  cli: [],
  local: [],
};

/** Why a module holds a function that shares nothing with its other functions. */
const looseModules: Readonly<Record<string, string>> = {
  'src/app/handle-http.ts': 'what the host must ask a key for is decided where the HTTP Functions are',
  'src/cli/arm/ask-arm.ts': 'the options of every client that asks Azure Resource Manager',
  'src/cli/arm/open-arm.ts': 'the subscription to ask and the client to ask it with',
  'src/cli/dead-letters/dead-letters.ts': 'what list, show and redrive may print of a dead letter',
  'src/cli/doctor/checks/storage.ts': 'the command that fixes what this check finds',
  'src/cli/replay/replay-recording.ts': 'the settings that a replay runs with',
  'src/cli/terminal.ts': 'words for a terminal, each used by several commands',
  'src/deliveries/claim.ts': 'the length of the lease that a claim asks for',
  'src/deliveries/outcomes.ts': 'the key that outcomes are kept by',
  'src/devices/device-tables.ts': 'every write to these tables goes through it',
  'src/devices/device.ts': 'how a device is compared and shown',
  'src/devices/registration.ts': 'the parts of a registration that stand in its address',
  'src/events/parse-event.ts': 'reads the time of an event that need not be valid',
  'src/http/messages.ts': 'bodies that come in, beside the responses that go out',
  'src/local/functions-host/http-routes.ts': 'the prefix that stands before every route',
  'src/local/functions-host/rpc.ts': 'reads and writes one wire format',
  'src/local/http-server.ts': 'what every server of the local stack needs of node:http',
  'src/local/hub-emulator/conformance/rule.ts': 'what rules of both kinds are applied and named with',
  'src/local/hub-emulator/push-line.ts': 'the other kind of line that the emulator prints',
  'src/local/inspector/page/connection.ts': 'the two directions of one connection',
  'src/local/inspector/page/derive.ts': 'derived from the state of the page, like the rest',
  'src/local/inspector/page/dom.ts': 'building blocks of the page',
  'src/local/inspector/page/format.ts': 'formats of the page',
  'src/local/inspector/page/top-bar.ts': 'the top bar and the switch in it',
  'src/local/inspector/server/event-grid.ts': 'raises what the local Event Grid delivers',
  'src/local/inspector/server/page-server.ts': 'decides which requests the page may make',
  'src/local/sample-events.ts': 'the line that invites to raise one of them',
  'src/notification-hubs/feedback/feedback-container.ts': 'where in the container feedback lies',
  'src/notification-hubs/feedback/feedback-reader.ts': 'what a record of the reader means',
  'src/notification-hubs/transports/exchange.ts': 'the word for an exchange that failed',
  'src/notifications/acs-object.ts': 'the two objects that an app reads in a payload',
  'src/notifications/end-of-ring.ts': 'decides which notifications need no end',
  'src/notifications/notification.ts': 'what a notification is, and the ids that follow from it',
  'src/shared/json.ts': 'shared by every room, and belongs to none',
  'src/shared/schema.ts': 'shared by every room, and belongs to none',
  'src/shared/time.ts': 'shared by every room, and belongs to none',
  'src/telemetry/logger.ts': 'the logger, and the one word it takes from an error',
  'src/telemetry/references.ts': 'the two ways to name a user without an id',
};

/** Why a module has fewer than 30 lines. */
const smallModules: Readonly<Record<string, string>> = {
  'src/app/load-ahead.ts':
    'a border of lazy loading: what the first ring needs is named here and nowhere else',
  'src/cli/main.ts': 'an entry point',
  'src/config/local-settings.ts':
    'the only reader of a file that Azure does not have; shipped code never loads it',
  'src/http/jose.ts': 'a border of lazy loading',
  'src/local/check-node-version.ts': 'runs before anything else is loaded, since the rest needs that version',
  'src/local/inspector/page/announcer.ts': 'the only writer of the live region for screen readers',
  'src/notifications/build-push.ts': 'chooses between APNs and FCM, which must not know each other',
  'src/notifications/plain-text.ts': 'the one place that reads HTML',
  'src/notifications/texts/en.ts': 'a locale',
  'src/notifications/texts/es.ts': 'a locale',
  'src/notifications/texts/fr.ts': 'a locale',
  'src/notifications/texts/nl.ts': 'a locale',
  'src/notifications/texts/sv.ts': 'a locale',
  'src/notifications/texts/texts.ts': 'the type that every locale fulfils',
  'src/notifications/texts/zh.ts': 'a locale',
  'src/shared/json.ts': 'shared by every room, and belongs to none',
  'src/shared/lazy.ts': 'shared by every room, and belongs to none',
  'src/shared/loopback.ts': 'shared by every room, and belongs to none',
  'src/shared/schema.ts': 'shared by every room, and belongs to none',
  'src/storage/bearer-token.ts': 'a border of lazy loading',
  'src/storage/data-tables.ts': 'a border of lazy loading',
  'src/storage/shared-key.ts': 'a border of lazy loading',
};

/**
 * Modules outside `events` and `notifications` that are pure as well: they build requests. A module that moves must be
 * moved here too.
 */
const pureModules = ['src/notification-hubs/classify-response.ts', 'src/notification-hubs/request.ts'];

/** The only modules that ask the machine for the time. */
const clockModules = ['src/app/compose-app.ts'];

/** The modules that know the SDK of OpenTelemetry: they are in one flavour of the bundle only. */
const openTelemetryModules = [
  'functions/main-with-opentelemetry.ts',
  'functions/open-telemetry.ts',
  'src/telemetry/open-telemetry/start-open-telemetry.ts',
];

const sources = readSourceFiles('{src,functions}/**/*.ts');
const shipped = sources.filter(({ room }) => room !== 'cli' && room !== 'local');

const users = readSourceFiles('{src,functions,scripts,test}/**/*.ts');

const pathsOf = (files: readonly SourceFile[]) => files.map(({ path }) => path);

const missingOf = (paths: readonly string[]) => paths.filter((path) => !pathsOf(sources).includes(path));

function crossings(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const allowed = arrows[file.room];
    if (allowed === undefined) return [];
    return importedPaths(file)
      .filter((path) => roomOf(path) !== file.room && !allowed.includes(roomOf(path)))
      .map((path) => `${file.path} -> ${path}`);
  });
}

function unusedArrows(files: readonly SourceFile[]): readonly string[] {
  const used = new Set(
    files.flatMap((file) => importedPaths(file).map((path) => `${file.room} -> ${roomOf(path)}`)),
  );
  return Object.entries(arrows)
    .flatMap(([room, others]) => others.map((other) => `${room} -> ${other}`))
    .filter((arrow) => !used.has(arrow));
}

function privateImports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    importedPaths(file)
      .filter((path) => path.startsWith('src/') && roomOf(path) !== file.room)
      .filter((path) => {
        const name = path.slice(`src/${roomOf(path)}/`.length, -'.ts'.length);
        return publicModules[roomOf(path)]?.includes(name) !== true;
      })
      .map((path) => `${file.path} -> ${path}`),
  );
}

function unusedExports(files: readonly SourceFile[]): readonly string[] {
  const used = new Set(files.flatMap(importsOf));
  const product = files.filter(({ path }) => /^(?:src|functions)\//.test(path));
  return product.flatMap(exportsOf).filter((name) => !used.has(name));
}

function impureModules(files: readonly SourceFile[]): readonly string[] {
  const impure =
    /process\.|Date\.now|new Date\(\)|node:(fs|http|https|net|os)|\bfetch\(|setTimeout|Math\.random|console\./;
  const pure = files.filter(
    ({ room, path }) => room === 'events' || room === 'notifications' || pureModules.includes(path),
  );
  return pathsOf(pure.filter(({ text }) => impure.test(text)));
}

describe('the rooms', () => {
  it('are all there', () => {
    const rooms = new Set(sources.map(({ room }) => room));
    expect([...rooms].sort()).toEqual([...Object.keys(arrows), 'cli', 'local'].sort());
  });

  it('import only along the arrows', () => {
    expect(crossings(sources)).toEqual([]);
  });

  it('have no arrow that nothing uses', () => {
    expect(unusedArrows(sources)).toEqual([]);
  });

  it('let others import only their public modules', () => {
    expect(privateImports(sources)).toEqual([]);
    const named = Object.entries(publicModules).flatMap(([room, names]) =>
      names.map((name) => `src/${room}/${name}.ts`),
    );
    const used = new Set(
      sources.flatMap((file) => importedPaths(file).filter((path) => roomOf(path) !== file.room)),
    );
    expect(named.filter((path) => !used.has(path))).toEqual([]);
  });

  it('export nothing that no other file imports', () => {
    expect(unusedExports(users)).toEqual([]);
  });

  it('are not used by anything when they are for development only', () => {
    const users = shipped.filter((file) =>
      importedPaths(file).some((path) => ['cli', 'local'].includes(roomOf(path))),
    );
    expect(pathsOf(users)).toEqual([]);
  });

  it('that are pure have no clock, no environment and no I/O', () => {
    expect(missingOf(pureModules)).toEqual([]);
    expect(impureModules(sources)).toEqual([]);
  });

  it('know the OpenTelemetry API, and its SDK only in the flavour that brings it', () => {
    const ofTheSdk =
      /from '(@opentelemetry\/(?!api')[^']+|@azure\/functions-opentelemetry-instrumentation|\.[^']*open-?telemetry(\/[^']+|\.ts))'|import '\.[^']*open-?telemetry\.ts'/;
    const knowing = shipped.filter(({ text }) => ofTheSdk.test(text));
    expect(pathsOf(knowing)).toEqual(openTelemetryModules);
  });

  it('ask the time only from an injected clock', () => {
    const asking = shipped.filter(({ text }) => /Date\.now|new Date\(\)|performance\.now/.test(text));
    expect(pathsOf(asking)).toEqual(clockModules);
  });

  it('hold no circle of files, by types neither', () => {
    expect(findCircles(sources)).toEqual([]);
  });
});

describe('the guards', () => {
  const broken = (path: string, more: string) =>
    sources.map((file) => (file.path === path ? sourceFile(path, file.text + more) : file));

  it('see a clock in a pure module', () => {
    const path = pureModules[0] ?? '';
    expect(impureModules(broken(path, 'const now = Date.now();\n'))).toEqual([path]);
  });

  it('see an import against the arrows', () => {
    const path = 'src/events/parse-event.ts';
    expect(crossings(broken(path, "import type { Relay } from '../relay/relay.ts';\n"))).toEqual([
      `${path} -> src/relay/relay.ts`,
    ]);
  });

  it('see an import of what is private to another room', () => {
    const path = 'src/relay/relay.ts';
    const files = broken(path, "import { hashHandle } from '../devices/handle-rows.ts';\n");
    expect(privateImports(files)).toEqual([`${path} -> src/devices/handle-rows.ts`]);
  });

  it('see a function that shares nothing with its module', () => {
    const text = 'export function one() {}\n\nexport function other() {}\n';
    expect(lonelyFunctions(sourceFile('src/relay/x.ts', text))).toEqual([
      'src/relay/x.ts#one',
      'src/relay/x.ts#other',
    ]);
    const tied = 'export function one() {\n  other();\n}\n\nfunction other() {}\n';
    expect(lonelyFunctions(sourceFile('src/relay/x.ts', tied))).toEqual([]);
  });

  it('see an export without an importer', () => {
    const path = 'src/relay/relay.ts';
    const files = users.map((file) =>
      file.path === path ? sourceFile(path, `${file.text}export const forgotten = 1;\n`) : file,
    );
    expect(unusedExports(files)).toEqual([`${path}#forgotten`]);
  });

  it('see a circle that only types make', () => {
    const files = broken('src/events/event-types.ts', "import type { X } from './parse-event.ts';\n");
    expect(findCircles(files)).toEqual([
      'src/events/parse-event.ts -> src/events/event-types.ts -> src/events/parse-event.ts',
    ]);
  });
});

describe('the mutation run', () => {
  it('names in its settings only files that exist', () => {
    const { mutate } = z
      .object({ mutate: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(join(repositoryRoot, 'stryker.config.json'), 'utf8')));
    const patterns = mutate.flatMap((pattern) => expandBraces(pattern.replace(/^!/, '')));
    expect(patterns.length).toBeGreaterThan(1);
    expect(patterns.filter((pattern) => globSync(pattern, { cwd: repositoryRoot }).length === 0)).toEqual([]);
  });
});

function expandBraces(pattern: string): readonly string[] {
  const [whole = '', names = ''] = /\{([^}]+)\}/.exec(pattern) ?? [];
  return whole === '' ? [pattern] : names.split(',').map((name) => pattern.replace(whole, name));
}

describe('the files', () => {
  const modules = sources.filter(({ path }) => path.startsWith('src/'));

  it('have 60 to 120 lines in the median, and none has more than 300', () => {
    const sorted = modules.map(lineCount).sort((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)];
    expect(median).toBeGreaterThanOrEqual(60);
    expect(median).toBeLessThanOrEqual(120);
    expect(pathsOf(modules.filter((file) => lineCount(file) > 300))).toEqual([]);
  });

  it('have fewer than 30 lines for a reason only, and at most 15 % of them do', () => {
    const small = modules.filter((file) => lineCount(file) < 30);
    expect(pathsOf(small)).toEqual(Object.keys(smallModules));
    expect(small.length / modules.length).toBeLessThanOrEqual(0.15);
  });

  it('hold a function that stands alone for a reason only', () => {
    const alone = modules.filter((file) => lonelyFunctions(file).length > 0);
    expect(pathsOf(alone)).toEqual(Object.keys(looseModules));
  });

  it('silence no type and no lint rule without a reason', () => {
    const silenced = /@ts-(ignore|nocheck|expect-error)|(istanbul|v8|c8) ignore|biome-ignore(?! [^:]+: \w)/;
    expect(sources.filter(({ text }) => silenced.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('name no machine', () => {
    const named = /(?<![\w.])\/(?:home|root|Users|work|tmp)\//;
    expect(sources.filter(({ text }) => named.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
