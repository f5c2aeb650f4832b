import type { Verdict } from './verdict.ts';

/** Everything a run did wrong, one line each; empty when the promise was kept. */
export function problemsOf(verdict: Verdict): readonly string[] {
  const { lost, late, doubled, ringingOn, resent, strays, faults, openRows } = verdict;
  return [
    ...lost.map((what) => `lost: ${what}`),
    ...late.map((what) => `late: ${what}`),
    ...doubled.map((what) => `doubled: ${what}`),
    ...ringingOn.map((what) => `ringing on: ${what}`),
    ...resent.map((what) => `resent: ${what}`),
    ...strays.map((what) => `stray: ${what}`),
    ...faults.map((what) => `fault: ${what}`),
    ...(openRows === 0 ? [] : [`open rows: ${openRows}`]),
  ];
}
