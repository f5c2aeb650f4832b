import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, posix } from 'node:path';

export interface PageFile {
  readonly contentType: string;
  readonly text: string;
}

const sourceFolder = join(import.meta.dirname, '../../..');
const pageFolder = 'local/inspector/page';
const urlPrefix = '/inspector/src';

/**
 * Headers of every answer of the inspector: only its own files may load, inline scripts and frames are forbidden, and
 * nothing is cached.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * All files of the page by path: `/`, the style sheets, and exactly the modules that its entry imports, with their types
 * stripped. Modules keep their paths in the source tree, so that relative imports work in the browser.
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

/**
 * Whether a request may be trusted. Its `Host` must name this machine, which defeats DNS rebinding. A request that changes
 * something must be JSON, which a foreign page cannot send without a preflight, and an `Origin` must be that of the page.
 */
export function isTrustedRequest({ headers, method, socket }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const names = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${socket.localPort}`);
  if (!names.includes(host.toLowerCase())) return false;
  if (method === 'GET' || method === 'HEAD') return true;
  const isJson = /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
  return isJson && (origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`);
}

/**
 * The JavaScript of a TypeScript module of the page. Suppresses the warning of Node about type stripping, which is of no
 * use to an app developer.
 */
function stripTypes(code: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(code);
  } finally {
    process.emitWarning = emitWarning;
  }
}
