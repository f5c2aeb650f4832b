import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPageFiles } from '../../../../../src/local/inspector/server/page-server.ts';

const files = loadPageFiles();
const modules = [...files].filter(([, { contentType }]) => contentType.startsWith('text/javascript'));
const prefix = '/inspector/src/local/inspector/page';

describe('loadPageFiles', () => {
  it('has the page, its style sheets, its icon, and exactly the modules that its entry imports', () => {
    const { text = '' } = files.get('/') ?? {};
    const named = [...text.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path);
    expect(named).toContain(`${prefix}/main.ts`);
    expect(named.filter((path) => path !== undefined && !files.has(path))).toEqual([]);
    expect(files.has(`${prefix}/phone/screens.ts`)).toBe(true);
    expect(files.has('/inspector/src/local/inspector/shared/phone-screen.ts')).toBe(true);
    expect(files.has('/inspector/src/local/inspector/server/create-inspector.ts')).toBe(false);
  });

  it('strips types from modules, which import nothing from elsewhere', () => {
    expect(modules.length).toBeGreaterThan(20);
    for (const [path, { text }] of modules) {
      expect([path, text.match(/^\s*(export )?(interface|type) /m)]).toEqual([path, null]);
      expect([path, text.match(/from '(?!\.)|import\(|https?:\/\/(?!www\.w3\.org)/)]).toEqual([path, null]);
    }
  });

  it('has no module that turns text into markup', () => {
    const markup = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|eval\(|new Function/;
    expect(modules.filter(([, { text }]) => markup.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('has no file that loads a font, picture or style from elsewhere', () => {
    for (const [path, { text, contentType }] of files) {
      if (!/css|html/.test(contentType)) continue;
      expect([path, text.match(/https?:\/\/|@import|url\(/)]).toEqual([path, null]);
    }
  });
});

describe('the type check', () => {
  it('covers the page with its own configuration', () => {
    const { scripts } = JSON.parse(
      readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8'),
    );
    expect(scripts.check).toContain('tsc -p src/local/inspector/page');
  });
});
