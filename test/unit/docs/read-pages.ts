import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root folder of the repository. */
export const root = join(import.meta.dirname, '../../..');

/** One page of the documentation. */
export interface Page {
  /** Path from {@link root}, such as `docs/events.md`. */
  readonly path: string;
  readonly text: string;
  /** Text without code blocks. */
  readonly prose: string;
  readonly codeBlocks: readonly CodeBlock[];
  /** Anchors of its headings, as GitHub generates them. */
  readonly anchors: ReadonlySet<string>;
}

/** A fenced code block. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The line before it, such as an HTML comment that says what it is. */
  readonly lineBefore: string;
}

const fence = /^([^\n]*)\n[ ]*```(\w*)\n([\s\S]*?)\n[ ]*```$/gm;

/** Reads a page. A page that does not exist has an empty text. */
export function readPage(path: string): Page {
  const file = join(root, path);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const prose = text.replace(fence, '$1');
  const headings = [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  return {
    path,
    text,
    prose,
    codeBlocks: [...text.matchAll(fence)].map(([, lineBefore = '', language = '', code = '']) => ({
      language,
      text: code,
      lineBefore,
    })),
    anchors: new Set(headings.map(anchorOf)),
  };
}

/** Reads every page for readers of the repository. */
export function readPages(): readonly Page[] {
  const docs = globSync('docs/*.md', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  return ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs.sort()].map(readPage);
}

/** Returns the rows of all tables of a page as lists of cells. */
export function tableRows(page: Page): readonly (readonly string[])[] {
  return [...page.prose.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split(' | '));
}

/** Returns the inline code of a text, without its backticks. */
export function codeWords(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word);
}

function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
