export interface Rate {
  readonly perSecond: number;
  /** CPU time of all threads of this process, per piece of work. */
  readonly cpuMicrosecondsEach: number;
}

/**
 * Repeats work for a time with a fixed concurrency.
 *
 * @param work gets the index of the piece
 */
export async function measureRate(
  work: (index: number) => Promise<void>,
  { inFlight, durationMs }: { readonly inFlight: number; readonly durationMs: number },
): Promise<Rate> {
  let begun = 0;
  const cpuBefore = process.cpuUsage();
  const startMs = performance.now();
  const endMs = startMs + durationMs;
  const lane = async (): Promise<void> => {
    while (performance.now() < endMs) {
      begun += 1;
      await work(begun - 1);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: begun / seconds, cpuMicrosecondsEach: (user + system) / begun };
}
