import fc from 'fast-check';
import { it } from 'vitest';

// All fuzz tests of this folder together: two run at a time.
const secondsForAll = Number(process.env['FUZZ_SECONDS'] ?? 10);
const tests = 9;

/** Slow machines take long for a megabyte; an input that costs more than its size costs minutes. */
const longestCallMs = 4_000;

/**
 * A test that feeds a function with inputs for its share of the time, and fails when one call takes too long or the
 * check throws. `FUZZ_SECONDS` sets the time for all together.
 */
export function fuzz<Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => void | Promise<void>,
): void {
  const shareMs = (secondsForAll * 1_000) / tests;
  it(
    name,
    async () => {
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          const fromMs = performance.now();
          await check(input);
          const tookMs = performance.now() - fromMs;
          if (tookMs > longestCallMs) throw new Error(`One call took ${Math.round(tookMs)} ms.`);
        }),
        { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: shareMs, markInterruptAsFailure: false },
      );
    },
    shareMs + 60_000,
  );
}
