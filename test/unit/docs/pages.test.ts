import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readPage, readPages, root } from './read-pages.ts';

const pages = readPages();
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

describe('the pages', () => {
  it('are all there', () => {
    expect(pages.map(({ path }) => path)).toEqual([
      'README.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'docs/apps-android.md',
      'docs/apps-ios.md',
      'docs/architecture.md',
      'docs/delivery.md',
      'docs/deploy.md',
      'docs/devices.md',
      'docs/direct-send.md',
      'docs/doctor.md',
      'docs/errors.md',
      'docs/events.md',
      'docs/hub-emulator.md',
      'docs/inspector.md',
      'docs/local-run.md',
      'docs/migrating.md',
      'docs/notifications.md',
      'docs/operations.md',
      'docs/performance.md',
      'docs/replay.md',
      'docs/scale.md',
      'docs/security.md',
      'docs/send.md',
      'docs/settings.md',
      'docs/telemetry.md',
      'docs/troubleshooting.md',
    ]);
    expect(pages.filter(({ text }) => text.length < 1000).map(({ path }) => path)).toEqual([]);
  });

  it('are linked from the README', () => {
    const readme = readPage('README.md');
    const unlinked = pages.filter(
      ({ path }) => path.startsWith('docs/') && !readme.text.includes(`](${path})`),
    );
    expect(unlinked.map(({ path }) => path)).toEqual([]);
  });

  it('link into src only from CONTRIBUTING and the architecture page', () => {
    const linking = pages.filter(({ prose }) => /\]\((?:\.\.\/)?src\//.test(prose)).map(({ path }) => path);
    expect(linking).toEqual(['CONTRIBUTING.md', 'docs/architecture.md']);
  });

  it('name no path of a machine', () => {
    const named = /(?<![\w.])\/(?:home|root|Users|work|tmp)\//;
    expect(pages.filter(({ text }) => named.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('links', () => {
  const links = pages.flatMap((page) =>
    [...page.prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => ({ page, target }))
      .filter(({ target }) => !/^https?:/.test(target)),
  );

  it('lead to an existing file', () => {
    expect(links.length).toBeGreaterThan(100);
    const broken = links.filter(({ page, target }) => {
      const [file = ''] = target.split('#');
      return file !== '' && !existsSync(join(root, dirname(page.path), file));
    });
    expect(broken.map(({ page, target }) => `${page.path} -> ${target}`)).toEqual([]);
  });

  it('lead to an existing heading', () => {
    const withHeading = links.filter(({ target }) => target.includes('#'));
    expect(withHeading.length).toBeGreaterThan(10);
    const broken = withHeading.filter(({ page, target }) => {
      const [file = '', anchor = ''] = target.split('#');
      const there =
        file === '' ? page : readPage(normalize(join(dirname(page.path), file)).replaceAll('\\', '/'));
      return !there.anchors.has(anchor);
    });
    expect(broken.map(({ page, target }) => `${page.path} -> ${target}`)).toEqual([]);
  });
});

describe('code blocks', () => {
  it('are valid JSON when they are marked as JSON', () => {
    const blocks = pages.flatMap(({ path, codeBlocks }) =>
      codeBlocks.filter(({ language }) => language === 'json').map(({ text }) => ({ path, text })),
    );
    expect(blocks.length).toBeGreaterThan(20);
    const broken = blocks.filter(({ text }) => {
      try {
        JSON.parse(text);
        return false;
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });

  it('are all closed and have a language', () => {
    for (const { path, text, codeBlocks } of pages) {
      const fences = text.match(/^ *```/gm)?.length ?? 0;
      expect([path, fences]).toEqual([path, codeBlocks.length * 2]);
      expect(codeBlocks.filter(({ language }) => language === '')).toEqual([]);
    }
  });
});

describe('npm commands', () => {
  it('name scripts of package.json', () => {
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm (?:run (?:-s )?([\w:]+)|(start|test)\b(?!:))/g)].map(
        ([, script, short]) => `${path}: ${script ?? short}`,
      ),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((line) => !(line.replace(/^.*: /, '') in scripts))).toEqual([]);
  });

  it.each(Object.keys(scripts))('include a row in CONTRIBUTING for the script %s', (script) => {
    const rows = readPage('CONTRIBUTING.md')
      .prose.split('\n')
      .filter((line) => line.startsWith('| `npm'));
    expect(rows.filter((line) => new RegExp(`^\\| \`npm (run )?${script}[ \`]`).test(line))).toHaveLength(1);
  });
});
