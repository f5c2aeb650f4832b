import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { collectTelemetry } from '../../support/collect-telemetry.ts';
import { ada, ben, eventGridEvent, user } from '../../support/events.ts';
import { answer, created, createRelayHarness } from '../../support/relay-harness.ts';
import { readSourceFiles } from '../../support/source-files.ts';
import { codeWords, readPage } from './read-pages.ts';

const page = readPage('docs/telemetry.md');
const eventMs = 1795338000123;
const ring = eventGridEvent('IncomingCall', { to: user(ada), from: user(ben), correlationId: 'call-1' });

/** The names that the relay emits when events end in every possible way. */
interface Emitted {
  readonly lines: ReadonlyMap<string, ReadonlySet<string>>;
  readonly spans: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
}
async function emitEverything(): Promise<Emitted> {
  const collected = collectTelemetry();
  const lines = new Map<string, Set<string>>();
  const run = async (
    init: Partial<Parameters<typeof createRelayHarness>[0]>,
    ...events: readonly unknown[]
  ) => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      ...init,
      over: (deps) => ({ ...(init.over?.(deps) ?? deps), telemetry: createTelemetry('key') }),
    });
    for (const event of events) await harness.handle(event).catch(() => undefined);
    for (const { event, fields } of harness.lines) {
      const known = lines.get(event) ?? new Set<string>();
      lines.set(event, known);
      for (const name of Object.keys(fields)) known.add(name);
    }
  };
  const fail = async (): Promise<never> => {
    throw new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });
  };
  const named = { ...created, headers: { trackingid: 'tracking-1' } };
  await run({ respond: () => named }, ring, ring, eventGridEvent('CallStarted', {}), { odd: true });
  await run({ respond: (_, index) => (index % 2 === 0 ? answer(503) : created) }, ring);
  await run({ respond: () => answer(400) }, ring);
  await run({ over: (deps) => ({ ...deps, ledger: { claim: fail, renew: fail, settle: fail } }) }, ring);
  const spans = collected.spans().flatMap(({ name, attributes }) => [name, ...Object.keys(attributes)]);
  const metrics = (await collected.points()).map((point) => point.replace(/\{.*/, ''));
  return { lines, spans: new Set(spans), metrics: new Set(metrics) };
}

/** Returns the names in the first column of the tables below a heading. */
function fieldsUnder(heading: string): readonly string[] {
  const [, section = ''] = page.prose.split(heading);
  const [own = ''] = section.split(/^##/m);
  return [...own.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name);
}

describe('docs/telemetry.md', () => {
  it.each(['event', 'push', 'dead-letter'])('documents exactly the fields of the line %s', async (line) => {
    const emitted = await emitEverything();
    const documented = fieldsUnder(`### The line \`${line}\`\n`);
    expect(documented.toSorted()).toEqual(['event', ...(emitted.lines.get(line) ?? [])].toSorted());
  });

  it('queries only fields that the lines have', async () => {
    const emitted = await emitEverything();
    const queries = page.codeBlocks.filter(({ language }) => language === 'kusto');
    expect(queries).toHaveLength(5);
    const fields = new Set(['event', ...[...emitted.lines.values()].flatMap((names) => [...names])]);
    for (const { text } of queries) {
      const asked = [...text.matchAll(/\bline\.(\w+)/g)].map(([, name = '']) => name);
      expect(asked.length).toBeGreaterThan(2);
      expect(asked.filter((name) => !fields.has(name))).toEqual([]);
    }
  });

  it('compares fields only with documented values', () => {
    const known = codeWords(page.prose);
    const compared = page.codeBlocks
      .filter(({ language }) => language === 'kusto')
      .flatMap(({ text }) =>
        [...text.matchAll(/line\.\w+ (?:==|!=) '([^']+)'/g)].map(([, word = '']) => word),
      );
    expect(compared.length).toBeGreaterThan(8);
    expect(compared.filter((word) => !known.includes(word))).toEqual([]);
  });

  it('names no column with a word that Kusto accepts only in brackets', () => {
    const words = [
      'by',
      'first',
      'flags',
      'kind',
      'last',
      'missing',
      'others',
      'queries',
      'string',
      'time',
      'union',
    ];
    const pages = [page, readPage('docs/operations.md')];
    const columns = pages
      .flatMap(({ codeBlocks }) => codeBlocks.filter(({ language }) => language === 'kusto'))
      .flatMap(({ text }) => [...text.matchAll(/(?<![\w.])(\w+) = /g)].map(([, name = '']) => name));
    expect(columns).toContain('latest');
    expect(columns.filter((name) => words.includes(name))).toEqual([]);
  });

  it('names every log line', () => {
    const named = ['app', 'http', 'relay'].map((room) =>
      readSourceFiles(`src/${room}/**/*.ts`).flatMap(({ text }) =>
        [
          ...text.matchAll(
            /(?:\blog|logger)\([^;]*?, '([a-z]+(?:-[a-z]+)*)'|failureResponse\([^;]*?, '([a-z-]+)'\)/g,
          ),
        ].map(([, line, failure]) => line ?? failure ?? ''),
      ),
    );
    expect(named.filter((lines) => lines.length === 0)).toEqual([]);
    const names = named.flat();
    expect(names).toContain('prune');
    expect(names).toContain('request-failed');
    const words = codeWords(page.prose);
    expect(names.filter((name) => !words.includes(name))).toEqual([]);
  });

  it('names exactly the spans, attributes and metrics that exist', async () => {
    const emitted = await emitEverything();
    const words = new Set(codeWords(page.prose).filter((word) => word.startsWith('acs.')));
    expect(words).toEqual(new Set([...emitted.spans, ...emitted.metrics]));
  });
});
