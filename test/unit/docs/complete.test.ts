import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runCli } from '../../../src/cli/run-cli.ts';
import { type Setting, settings } from '../../../src/config/settings.ts';
import { eventTypes } from '../../../src/events/event-types.ts';
import { wordsOfType } from '../../support/words-of-type.ts';
import { codeWords, readPage, readPages, root, tableRows } from './read-pages.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = globSync('{src,functions}/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
const errorCodes = [...read('src/errors/errors.ts').matchAll(/'([A-Z_]+)'/g)].map(([, code = '']) => code);

describe('docs/settings.md', () => {
  const rows = tableRows(readPage('docs/settings.md'));
  const sample = z
    .object({ Values: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('local.settings.sample.json')));

  it.each(Object.keys(settings))('has a row for %s, which local.settings.sample.json has too', (name) => {
    expect(rows.filter(([cell]) => cell === `\`${name}\``)).toHaveLength(1);
    expect(sample.Values).toHaveProperty([name]);
  });

  it.each(Object.entries<Setting>(settings).filter(([, setting]) => setting.default !== undefined))(
    'shows the default of %s',
    (name, setting) => {
      const [, shown = ''] = rows.find(([cell]) => cell === `\`${name}\``) ?? [];
      expect(shown.replaceAll('`', '')).toBe(setting.default);
    },
  );
});

describe('docs/errors.md', () => {
  const rows = tableRows(readPage('docs/errors.md'));

  it.each(errorCodes)('has exactly one row for %s', (code) => {
    expect(rows.filter(([cell]) => cell === `\`${code}\``)).toHaveLength(1);
  });

  it('has no unknown code', () => {
    const named = rows.flatMap(([cell = '']) => codeWords(cell)).filter((word) => /^[A-Z_]+$/.test(word));
    expect(named.filter((code) => !errorCodes.includes(code))).toEqual([]);
  });

  it('gives each code the class of an error that is thrown with it', () => {
    const thrown = sources.flatMap((path) =>
      [...read(path).matchAll(/code: '([A-Z_]+)',\s*class: '(\w+)'/g)].map(
        ([, code, kind]) => `${code} ${kind}`,
      ),
    );
    expect(thrown.length).toBeGreaterThan(20);
    const known = new Set(thrown.map((pair) => pair.split(' ')[0]));
    const wrong = rows
      .map(([cell = '', kind]) => `${cell.replaceAll('`', '')} ${kind}`)
      .filter((pair) => known.has(pair.split(' ')[0]) && !thrown.includes(pair));
    expect(wrong).toEqual([]);
  });
});

describe('docs/events.md', () => {
  const rows = tableRows(readPage('docs/events.md'));

  it.each(Object.entries(eventTypes))('says what becomes of %s', (type, disposition) => {
    const name = `\`${type.replace('Microsoft.Communication.', '')}\``;
    const found = rows.filter((cells) => cells[0]?.startsWith(name) || cells[1] === name);
    expect(found).toHaveLength(1);
    if (typeof disposition === 'string') expect(found[0]?.[0]).toBe(`\`${disposition}\``);
    else expect(found[0]?.[0]?.startsWith(name)).toBe(true);
  });

  it('names every reason and every result', () => {
    const words = codeWords(readPage('docs/events.md').prose);
    const reasons = [
      ...wordsOfType('src/events/relay-event.ts', 'IgnoredReason'),
      ...wordsOfType('src/notifications/map-event.ts', 'UnmappedReason'),
      ...wordsOfType('src/relay/event-report.ts', 'SkippedReason'),
      ...wordsOfType('src/relay/event-report.ts', 'EventReport'),
    ];
    expect(reasons.length).toBeGreaterThan(12);
    expect(reasons.filter((reason) => !words.includes(reason))).toEqual([]);
  });
});

describe('docs/notifications.md', () => {
  const page = readPage('docs/notifications.md');
  const variant = z.object({ properties: z.record(z.string(), z.unknown()) });
  const schema = z
    .object({ oneOf: z.array(variant) })
    .parse(JSON.parse(read('docs/push-payload.v1.schema.json')));

  it('has a row for every field of the acs object', () => {
    const fields = new Set(schema.oneOf.flatMap(({ properties }) => Object.keys(properties)));
    expect(fields.size).toBe(14);
    const rows = tableRows(page).map(([cell]) => cell);
    expect([...fields].filter((field) => !rows.includes(`\`${field}\``))).toEqual([]);
  });

  it('has a row for every kind', () => {
    const kinds = z.object({ enum: z.array(z.string()) });
    const all = schema.oneOf.flatMap(({ properties }) => kinds.parse(properties['kind']).enum);
    expect(all).toHaveLength(10);
    const rows = tableRows(page).map(([cell]) => cell);
    expect(all.filter((kind) => !rows.includes(`\`${kind}\``))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const page = readPage('docs/architecture.md');

  it('names every Function', () => {
    const names = sources
      .filter((path) => path.startsWith('functions/'))
      .flatMap((path) => [...read(path).matchAll(/app\.\w+\('(\w+)'/g)].map(([, name = '']) => name));
    expect(names).toContain('relayCalls');
    const words = codeWords(page.prose);
    expect(names.filter((name) => !words.includes(name))).toEqual([]);
  });

  it('names every room and every arrow between rooms', () => {
    const roomOf = (path: string) =>
      (path.startsWith('src/') ? path.split('/')[1] : path.split('/')[0]) ?? '';
    const rooms = new Set(sources.map(roomOf));
    const rows = tableRows(page);
    const described = rows.map(([cell]) => cell);
    for (const room of rooms) {
      expect(described).toContain(room === 'functions' ? '`functions/`' : `\`src/${room}/\``);
    }
    const allowed = new Map(
      rows.flatMap(([cell = '', uses = '']) =>
        /^`[a-z-]+`$/.test(cell) && /^(?:`[a-z-]+`(?:, )?)+$/.test(uses)
          ? [[cell.slice(1, -1), codeWords(uses)] as const]
          : [],
      ),
    );
    const crossings = sources.flatMap((path) => {
      const room = roomOf(path);
      if (room === 'cli' || room === 'local') return [];
      return [...read(path).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
        .map(([, name = '']) => roomOf(normalize(join(dirname(path), name)).replaceAll('\\', '/')))
        .filter((other) => other !== room && allowed.get(room)?.includes(other) !== true)
        .map((other) => `${path} -> ${other}`);
    });
    expect(crossings).toEqual([]);
  });
});

describe('the command line', () => {
  const help = async (...args: readonly string[]) => {
    let text = '';
    const add = (part: string) => {
      text += part;
    };
    expect(await runCli([...args, '--help'], { out: add, err: add, cwd: root })).toBe(0);
    return text;
  };
  const optionsOf = (text: string) =>
    [...text.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option);

  it.each([
    ['docs/replay.md', ['replay']],
    ['docs/delivery.md', ['dead-letters', 'list']],
    ['docs/delivery.md', ['dead-letters', 'show']],
    ['docs/delivery.md', ['dead-letters', 'redrive']],
    ['docs/send.md', ['send']],
    ['docs/devices.md', ['devices', 'add']],
    ['docs/telemetry.md', ['reference']],
    ['docs/doctor.md', ['doctor']],
    ['docs/doctor.md', ['link']],
  ])('documents in %s every option of %j', async (path, command) => {
    const options = optionsOf(await help(...command)).filter((option) => option !== '--help');
    expect(options.length).toBeGreaterThan(2);
    const words = codeWords(readPage(path).prose).map((word) => word.split(' ')[0]);
    expect(options.filter((option) => !words.includes(option))).toEqual([]);
  });

  it('has no undocumented command', async () => {
    const commands = [...(await help()).matchAll(/^ {2}([a-z-]+) /gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
    expect(commands).toContain('replay');
    const text = readPages()
      .map((page) => page.text)
      .join('\n');
    expect(commands.filter((name) => !text.includes(`acs-relay ${name}`))).toEqual([]);
  });
});

describe('all pages', () => {
  it('name only settings and error codes that exist', () => {
    const known = [...Object.keys(settings), ...errorCodes];
    const shape =
      /^(?:NOTIFICATION_HUB|RELAY_STORAGE|RING|CHAT|DEFAULT|HUB|DEVICES?|EVENTS?|LOG|CONFIG|REQUEST|USER|CALLER|STORAGE|DELIVERY)_[A-Za-z_]+$/;
    const unknown = readPages().flatMap(({ path, prose }) =>
      codeWords(prose)
        .filter((word) => shape.test(word) && !known.includes(word))
        .map((word) => `${path}: ${word}`),
    );
    expect(unknown).toEqual([]);
  });
});
