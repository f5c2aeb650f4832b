import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  findCircles,
  importedPaths,
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
  telemetry: ['shared', 'errors', 'config'],
  storage: ['shared', 'errors', 'config', 'telemetry'],
  events: ['shared', 'errors', 'config'],
  notifications: ['shared', 'errors', 'config', 'events'],
  'notification-hubs': ['shared', 'errors', 'config', 'telemetry', 'storage', 'notifications'],
  devices: ['shared', 'errors', 'config', 'telemetry', 'storage', 'notifications'],
  deliveries: ['shared', 'errors', 'config', 'telemetry', 'storage', 'notification-hubs'],
  http: ['shared', 'errors', 'config', 'telemetry', 'devices'],
  relay: [
    'shared',
    'errors',
    'config',
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
  it('have at most 300 lines, and half of them at most 80', () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
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
