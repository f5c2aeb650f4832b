import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { stripTypes } from './strip-types.ts';

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly contentType: string;
  readonly text: string;
}

const sourceFolder = join(import.meta.dirname, '../../..');
const pageFolder = 'local/inspector/page';
const urlPrefix = '/inspector/src';

/**
 * Every file of the page by its path: `/`, the style sheets, and exactly those modules that its entry imports, with their
 * types stripped. Modules keep their places in the source tree, so that relative imports mean the same in the browser.
 */
export function loadPageFiles(): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  const read = (path: string) => readFileSync(join(sourceFolder, path), 'utf8');
  files.set('/', { contentType: 'text/html; charset=utf-8', text: read(`${pageFolder}/index.html`) });
  const icon = `${pageFolder}/icon.svg`;
  files.set(`${urlPrefix}/${icon}`, { contentType: 'image/svg+xml', text: read(icon) });
  for (const name of readdirSync(join(sourceFolder, pageFolder, 'styles'))) {
    const path = `${pageFolder}/styles/${name}`;
    files.set(`${urlPrefix}/${path}`, { contentType: 'text/css; charset=utf-8', text: read(path) });
  }
  const add = (path: string) => {
    const url = `${urlPrefix}/${path}`;
    if (files.has(url)) return;
    const text = stripTypes(read(path));
    files.set(url, { contentType: 'text/javascript; charset=utf-8', text });
    for (const [, specifier = ''] of text.matchAll(/^\s*(?:import|export)\b[^;]*?from\s*'(\.[^']+)'/gm)) {
      add(posix.join(dirname(path), specifier));
    }
  };
  add(`${pageFolder}/main.ts`);
  return files;
}
