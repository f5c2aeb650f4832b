import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { functionTies } from '../support/lonely-functions.ts';
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
    'events',
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
  shared: ['in-parallel', 'json', 'lazy', 'loopback', 'schema', 'time'],
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
  relay: ['attempt', 'event-report', 'hub-tries', 'relay', 'send-push'],
  app: ['compose-app', 'handle-events', 'handle-http', 'load-ahead', 'prune-devices', 'sweep'],
  cli: [],
  local: [],
};

/** Which functions of a module share nothing with its other functions, in the order of the file, and why they are there. */
const looseFunctions: Readonly<
  Record<string, { readonly functions: readonly string[]; readonly why: string }>
> = {
  'src/app/handle-http.ts': {
    functions: ['authLevels'],
    why: 'the Functions that it is about are served by this module; they are registered with its answer',
  },
  'src/cli/arm/ask-arm.ts': {
    functions: ['clientOptions'],
    why: 'every client that asks Azure Resource Manager is made with these options',
  },
  'src/cli/arm/open-arm.ts': {
    functions: ['subscriptionId'],
    why: 'the subscription to ask belongs to the client that asks',
  },
  'src/cli/dead-letters/dead-letters.ts': {
    functions: ['safeTime', 'safeType', 'safeWord'],
    why: 'list, show and redrive print no other parts of a dead letter',
  },
  'src/cli/doctor/checks/storage.ts': {
    functions: ['storageIdCommand'],
    why: 'prints the command that fixes what this check finds',
  },
  'src/cli/replay/replay-recording.ts': {
    functions: ['replaySettings'],
    why: 'a replay runs with these settings whatever is deployed',
  },
  'src/cli/terminal.ts': {
    functions: ['counted', 'printable', 'shellWord', 'textTable', 'jsonText'],
    why: 'each makes a value fit for a terminal, and several commands use it',
  },
  'src/deliveries/claim.ts': {
    functions: ['leaseMsFor'],
    why: 'the length of the lease that a claim asks for',
  },
  'src/deliveries/outcomes.ts': {
    functions: ['deliveryKey'],
    why: 'outcomes are kept by this key',
  },
  'src/devices/device-tables.ts': {
    functions: ['repeatWhileStale'],
    why: 'every write to these tables goes through it',
  },
  'src/devices/device.ts': {
    functions: ['sameDevice', 'maskHandle'],
    why: 'a device is compared and shown by the fields of its type',
  },
  'src/devices/registration.ts': {
    functions: ['isDeviceId'],
    why: 'the id is part of a registration too, in its address',
  },
  'src/events/parse-event.ts': {
    functions: ['eventTime', 'isCallEvent', 'looksLikeCall'],
    why: 'what is asked of a value or an event before, or instead of, all that parsing tells',
  },
  'src/http/messages.ts': {
    functions: ['readBody', 'parseJsonBody'],
    why: 'reads the requests to which the module makes the responses',
  },
  'src/local/command-line.ts': {
    functions: ['readStartArguments', 'describeFailure'],
    why: 'both are what the user of `npm start` sees: what may be typed, and what is printed when it fails',
  },
  'src/local/functions-host/http-routes.ts': {
    functions: ['readRoutePrefix'],
    why: 'the prefix stands before every route',
  },
  'src/local/functions-host/rpc.ts': {
    functions: ['toTypedData', 'findTrigger'],
    why: 'both follow the protocol of the worker',
  },
  'src/local/http-server.ts': {
    functions: ['readBody'],
    why: 'every server of the local stack that is started here reads bodies with it',
  },
  'src/local/hub-emulator/conformance/rule.ts': {
    functions: ['applyRules', 'nameHandles'],
    why: 'rules of both kinds are applied and worded with them',
  },
  'src/local/hub-emulator/push-line.ts': {
    functions: ['formatFindingLine'],
    why: 'prints the other kind of line of the emulator',
  },
  'src/local/inspector/page/connection.ts': {
    functions: ['connect', 'sendAction'],
    why: 'the two directions of the connection to the server',
  },
  'src/local/inspector/page/derive.ts': {
    functions: ['pushFate'],
    why: 'is derived from the state of the page, like the rest',
  },
  'src/local/inspector/page/dom.ts': {
    functions: ['byId', 'icon', 'renderKeyed', 'jsonOf'],
    why: 'the page has no framework: this stands in for one, and its parts are used together',
  },
  'src/local/inspector/page/format.ts': {
    functions: ['count', 'shortType', 'clockTime', 'duration'],
    why: 'the same value must look the same in every part of the page',
  },
  'src/local/inspector/page/top-bar.ts': {
    functions: ['renderTopBar', 'setUpTheme'],
    why: 'the switch of the theme is in the top bar',
  },
  'src/local/inspector/server/event-grid.ts': {
    functions: ['raiseScenario'],
    why: 'raises the events that the local Event Grid delivers',
  },
  'src/local/inspector/server/page-server.ts': {
    functions: ['isTrustedRequest'],
    why: 'decides which requests the server of the page answers',
  },
  'src/local/sample-events.ts': {
    functions: ['tryLine'],
    why: 'prints how to send a sample event by hand',
  },
  'src/notification-hubs/feedback/feedback-container.ts': {
    functions: ['feedbackBlobPrefixes'],
    why: 'names the blobs of the container',
  },
  'src/notification-hubs/feedback/feedback-reader.ts': {
    functions: ['judgeFeedbackError'],
    why: 'judges the records that the reader returns',
  },
  'src/notification-hubs/transports/exchange.ts': {
    functions: ['errorReason'],
    why: 'names why an exchange failed',
  },
  'src/notifications/acs-object.ts': {
    functions: ['buildContract', 'callingSdkData'],
    why: 'the two objects that an app reads in a payload',
  },
  'src/notifications/end-of-ring.ts': {
    functions: ['isWorthlessWhenLate'],
    why: 'names the notifications that the end of a ring makes worthless',
  },
  'src/notifications/notification.ts': {
    functions: ['isVisible', 'pushId'],
    why: 'both follow from the type of a notification alone',
  },
  'src/relay/hub-tries.ts': {
    functions: ['createHubHealth'],
    why: 'what a try shows of its hub is kept here and read before the next one',
  },
  'src/shared/json.ts': {
    functions: ['parseJson', 'isRecord'],
    why: 'every room uses it, and none owns it',
  },
  'src/shared/schema.ts': {
    functions: ['boundedText'],
    why: 'every room uses it, and none owns it',
  },
  'src/shared/time.ts': {
    functions: ['waitAtMost', 'dayDigits', 'leastSkewMs', 'parseIsoTime'],
    why: 'every room uses it, and none owns it',
  },
  'src/storage/table-rows.ts': {
    functions: ['escapeTableKey'],
    why: 'keys are part of the rows that the module reads and writes',
  },
  'src/telemetry/logger.ts': {
    functions: ['createContextLogger', 'failureCode'],
    why: 'a log line names a failure by its code',
  },
  'src/telemetry/references.ts': {
    functions: ['createReference', 'createUserReference'],
    why: 'the two ways to name a user without an id',
  },
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
  'src/shared/in-parallel.ts': 'shared by every room, and belongs to none',
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

const impure = new RegExp(
  [
    String.raw`process\.|console\.|\bfetch\(`,
    String.raw`Date\.now|new Date\(\)|performance\.|setTimeout|setInterval|setImmediate`,
    String.raw`Math\.random|random(?:UUID|Bytes|Int)|getRandomValues`,
    'node:(?:child_process|dgram|dns|fs|http|https|net|os|perf_hooks|process|timers|tls|worker_threads)',
  ].join('|'),
);

function impureModules(files: readonly SourceFile[]): readonly string[] {
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

  it('hold no import cycle, not even one of types', () => {
    expect(findCircles(sources)).toEqual([]);
  });
});

describe('the guards', () => {
  it.each([
    'process.env',
    "console.log('x')",
    "fetch('https://example.com')",
    'Date.now()',
    'new Date()',
    'performance.now()',
    'setTimeout(f)',
    'setInterval(f)',
    'setImmediate(f)',
    'Math.random()',
    'randomUUID()',
    'randomBytes(1)',
    'crypto.getRandomValues(bytes)',
    "import('node:child_process')",
    "import('node:dns')",
    "import('node:fs/promises')",
    "import('node:http2')",
    "import('node:net')",
    "import('node:os')",
    "import('node:timers/promises')",
    "import('node:tls')",
    "import('node:worker_threads')",
  ])('see %s in a pure module', (expression) => {
    const text = `export const x = () => ${expression};\n`;
    const pure = ['src/events/x.ts', 'src/notifications/x.ts', 'src/notification-hubs/request.ts'];
    const files = [...pure, 'src/relay/x.ts'].map((path) => sourceFile(path, text));
    expect(impureModules(files)).toEqual(pure);
  });

  it('let a pure module use times that it is given', () => {
    const text =
      "import { hash } from 'node:crypto';\nexport const x = (nowMs: number) => new Date(nowMs);\n";
    expect(impureModules([sourceFile('src/events/x.ts', text)])).toEqual([]);
  });

  it('see an import against the arrows', () => {
    const text =
      "import type { Relay } from '../relay/relay.ts';\nimport { x } from '../errors/errors.ts';\n";
    expect(crossings([sourceFile('src/events/x.ts', text)])).toEqual([
      'src/events/x.ts -> src/relay/relay.ts',
    ]);
  });

  it('see an arrow that nothing uses', () => {
    const file = sourceFile('src/events/x.ts', "import { x } from '../errors/errors.ts';\n");
    expect(unusedArrows([file])).toContain('events -> shared');
    expect(unusedArrows([file])).not.toContain('events -> errors');
  });

  it('see an import of what is private to another room', () => {
    const text =
      "import { x } from '../devices/handle-rows.ts';\nimport { y } from '../devices/device.ts';\n";
    expect(privateImports([sourceFile('src/relay/x.ts', text)])).toEqual([
      'src/relay/x.ts -> src/devices/handle-rows.ts',
    ]);
  });

  it('see a function that shares nothing with its module', () => {
    const lonelyIn = (text: string) => functionTies(sourceFile('src/relay/x.ts', text)).lonely;
    const apart = 'export function one() {}\n\nexport function other() {}\n';
    expect(lonelyIn(apart)).toEqual(['one', 'other']);
    expect(lonelyIn('export function one() {\n  other();\n}\n\nfunction other() {}\n')).toEqual([]);
    expect(lonelyIn('export function one() {}\n')).toEqual([]);
  });

  it.each([
    ['a type that both are about', "import type { Device } from '../devices/device.ts';\n", 'Device', []],
    ['an error', "import { RelayError } from '../errors/errors.ts';\n", 'RelayError', ['one', 'other']],
    ['the clock', "import type { Clock } from '../shared/time.ts';\n", 'Clock', ['one', 'other']],
    ['the logger', "import type { Logger } from '../telemetry/logger.ts';\n", 'Logger', ['one', 'other']],
  ])('know whether %s ties two functions', (_, line, type, lonely) => {
    const text = `${line}export function one(x: ${type}) {}\n\nexport function other(x: ${type}) {}\n`;
    expect(functionTies(sourceFile('src/relay/x.ts', text)).lonely).toEqual(lonely);
  });

  it('see an export without an importer', () => {
    const files = [
      sourceFile('src/relay/x.ts', 'export const used = 1;\nexport const forgotten = 1;\n'),
      sourceFile('test/unit/relay/x.test.ts', "import { used } from '../../../src/relay/x.ts';\n"),
    ];
    expect(unusedExports(files)).toEqual(['src/relay/x.ts#forgotten']);
  });

  it('see a circle that only types make', () => {
    const files = [
      sourceFile('src/events/a.ts', "import { b } from './b.ts';\n"),
      sourceFile('src/events/b.ts', "import type { A } from './a.ts';\n"),
    ];
    expect(findCircles(files)).toEqual(['src/events/a.ts -> src/events/b.ts -> src/events/a.ts']);
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
    const found = modules.map(functionTies).filter(({ lonely }) => lonely.length > 0);
    const named = Object.entries(looseFunctions).map(([path, { functions }]) => [path, functions]);
    expect(found.map(({ path, lonely }) => [path, lonely])).toEqual(named);
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
