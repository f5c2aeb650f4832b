import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { LoadTime } from './load-time.ts';

/** What to measure. */
export interface MeasureLoadTime {
  /** Path of the bundle. */
  readonly bundle: string;
  /** Names of the packages to compare with, loaded from node_modules; see `bundledPackages`. */
  readonly packages?: readonly string[];
  /** How often each process is started, one kind after the other. */
  readonly rounds: number;
}

const starter = join(import.meta.dirname, 'start.cjs');

/**
 * Measures how long the bundle takes to load, beside an empty process and beside the same packages without a bundle.
 * The three take turns, so that whatever else the machine does falls on all of them. The first start of each is not
 * counted: it fills the file cache.
 *
 * @throws Error when what is loaded throws
 */
export function measureLoadTime({ bundle, packages = [], rounds }: MeasureLoadTime): LoadTime {
  const empty: number[] = [];
  const whole: number[] = [];
  const apart: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const times = [start([]), start([bundle]), packages.length === 0 ? 0 : start(packages)] as const;
    if (round === 0) continue;
    empty.push(times[0]);
    whole.push(times[1]);
    apart.push(times[2]);
  }
  const emptyMs = median(empty);
  const loadMs = median(whole) - emptyMs;
  if (packages.length === 0) return { emptyMs, loadMs };
  const packagesMs = median(apart) - emptyMs;
  return { emptyMs, loadMs, packagesMs, ratio: loadMs / packagesMs };
}

function start(names: readonly string[]): number {
  const begun = performance.now();
  execFileSync(process.execPath, [starter, ...names], { stdio: ['ignore', 'ignore', 'pipe'] });
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
