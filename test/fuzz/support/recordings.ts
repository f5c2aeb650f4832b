import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../replay/recordings');

/** The bytes of every recorded delivery, in order of name. */
export const recordings: readonly Buffer[] = globSync('**/*.{json,txt}', { cwd: folder })
  .sort()
  .map((name) => readFileSync(join(folder, name)));
