import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from '../measure/median.ts';
import type { LoadTime } from './load-time.ts';

export interface MeasureLoadTime {
  /** Path of the bundle. */
  readonly bundle: string;
  /** Names of the packages to compare with, loaded from node_modules; see `bundledPackages`. */
  readonly packages?: readonly string[];
  /** How often each process is started; the kinds take turns. */
  readonly rounds: number;
}

const starter = join(import.meta.dirname, 'start.cjs');

/**
 * Measures how long the bundle takes to load, compared with an empty process and with the same packages unbundled. The
 * three take turns, so that other work on the machine affects them equally. The first start of each fills the file cache
 * and does not count.
 *
 * @throws Error when a loaded module throws
 */
export function measureLoadTime({ bundle, packages = [], rounds }: MeasureLoadTime): LoadTime {
  const kinds = [[], [bundle], packages] as const;
  const measured = kinds.map((): Start[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [kind, names] of kinds.entries()) {
      if (kind > 0 && names.length === 0) continue;
      const begun = start(names);
      if (round > 0) measured[kind]?.push(begun);
    }
  }
  const [empty = [], whole = [], apart = []] = measured;
  const emptyMs = median(empty.map(ms));
  const loadMs = median(whole.map(ms)) - emptyMs;
  if (packages.length === 0) return { emptyMs, loadMs };
  const packagesMs = median(apart.map(ms)) - emptyMs;
  const emptyCpuMs = median(empty.map(cpuMs));
  const cpuRatio = (median(whole.map(cpuMs)) - emptyCpuMs) / (median(apart.map(cpuMs)) - emptyCpuMs);
  return { emptyMs, loadMs, packagesMs, ratio: loadMs / packagesMs, cpuRatio };
}

interface Start {
  readonly ms: number;
  readonly cpuMs: number;
}

const ms = (measured: Start) => measured.ms;
const cpuMs = (measured: Start) => measured.cpuMs;

function start(names: readonly string[]): Start {
  const begun = performance.now();
  const cpuMicroseconds = execFileSync(process.execPath, [starter, ...names], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { ms: performance.now() - begun, cpuMs: Number(cpuMicroseconds) / 1000 };
}
