import { setImmediate as breathe } from 'node:timers/promises';

/**
 * Measures all contestants once in every round, one after another, so that whatever else the machine does meets them
 * alike. Each round begins with another contestant. A round before the first warms up and does not count.
 *
 * @returns the samples of each contestant, in the order of the rounds
 */
export async function alternate<Name extends string, Sample>(
  contestants: Readonly<Record<Name, () => Promise<Sample>>>,
  rounds: number,
): Promise<Readonly<Record<Name, readonly Sample[]>>>;
export async function alternate(
  contestants: Readonly<Record<string, () => Promise<unknown>>>,
  rounds: number,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const entries = Object.entries(contestants).map(([name, measure]) => {
    const samples: unknown[] = [];
    return { name, measure, samples };
  });
  for (const { measure } of entries) await measure();
  for (let round = 0; round < rounds; round += 1) {
    const first = round % entries.length;
    for (const { measure, samples } of [...entries.slice(first), ...entries.slice(0, first)]) {
      await breathe();
      samples.push(await measure());
    }
  }
  return Object.fromEntries(entries.map(({ name, samples }) => [name, samples]));
}
