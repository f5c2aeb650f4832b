import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

/** Which rooms a room may import from. Rooms that are not named are not rooms. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  config: ['errors'],
  telemetry: ['errors', 'config'],
  storage: ['errors', 'config', 'telemetry'],
  events: ['errors', 'config'],
  notifications: ['errors', 'config', 'events'],
  'notification-hubs': ['errors', 'config', 'telemetry', 'storage', 'notifications'],
  devices: ['errors', 'config', 'telemetry', 'storage', 'notifications'],
  deliveries: ['errors', 'config', 'telemetry', 'storage', 'notification-hubs'],
  http: ['errors', 'config', 'telemetry', 'devices'],
  relay: [
    'errors',
    'config',
    'telemetry',
    'storage',
    'events',
    'notifications',
    'notification-hubs',
    'devices',
    'deliveries',
    'http',
  ],
  functions: ['relay', 'http', 'config', 'telemetry'],
};

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  /** Rooms of its relative imports. */
  readonly imports: readonly string[];
}

function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? second : first;
}

const sources: readonly Source[] = globSync('{src,functions}/**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
      ([, name = '']) => name,
    );
    const imports = specifiers.map((name) => roomOf(normalize(join(dirname(path), name))));
    return { path, room: roomOf(path), text, imports };
  });

describe('the rooms', () => {
  it('are all there', () => {
    const rooms = new Set(sources.map(({ room }) => room));
    expect([...rooms].sort()).toEqual([...Object.keys(arrows), 'cli', 'local'].sort());
  });

  it('import only along the arrows', () => {
    const crossings = sources.flatMap(({ path, room, imports }) => {
      const allowed = arrows[room];
      if (allowed === undefined) return [];
      return imports
        .filter((other) => other !== room && !allowed.includes(other))
        .map((other) => `${path} -> ${other}`);
    });
    expect(crossings).toEqual([]);
  });

  it('are not used by anything when they are for development only', () => {
    const users = sources
      .filter(({ room }) => room !== 'cli' && room !== 'local')
      .filter(({ imports }) => imports.includes('cli') || imports.includes('local'));
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it('that are pure have no clock, no environment and no I/O', () => {
    const impure =
      /process\.|Date\.now|new Date\(\)|node:(fs|http|https|net|os)|\bfetch\(|setTimeout|Math\.random|console\./;
    const offenders = sources
      .filter(
        ({ room, path }) => room === 'events' || room === 'notifications' || /\/build-[^/]+\.ts$/.test(path),
      )
      .filter(({ text }) => impure.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it('know the OpenTelemetry API, and its SDK only in the flavour that brings it', () => {
    const flavour = /^(src\/telemetry\/open-telemetry\/|functions\/(main-with-)?open-?telemetry\.ts$)/;
    const ofTheSdk =
      /from '(@opentelemetry\/(?!api')[^']+|@azure\/functions-opentelemetry-instrumentation|\.[^']*open-?telemetry(\/[^']+|\.ts))'/;
    const knowing = sources.filter(
      ({ room, text }) => room !== 'cli' && room !== 'local' && ofTheSdk.test(text),
    );
    expect(knowing.length).toBeGreaterThan(2);
    expect(knowing.filter(({ path }) => !flavour.test(path)).map(({ path }) => path)).toEqual([]);
  });

  it('ask the time only from an injected clock', () => {
    const roots = ['src/relay/compose-app.ts'];
    const offenders = sources
      .filter(({ room }) => room !== 'cli' && room !== 'local')
      .filter(
        ({ text, path }) => /Date\.now|new Date\(\)|performance\.now/.test(text) && !roots.includes(path),
      );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});

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
