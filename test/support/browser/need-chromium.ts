import { existsSync } from 'node:fs';
import { chromiumPath } from './chromium-path.ts';

/** Ends the run with one sentence when there is no browser. */
export default function setup(): void {
  if (existsSync(chromiumPath)) return;
  throw new Error(
    `There is no browser at ${chromiumPath}: install Debian's package "chromium" (apt-get install chromium), or set CHROMIUM to the path of a Chromium or Chrome.`,
  );
}
