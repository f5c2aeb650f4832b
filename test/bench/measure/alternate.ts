import { setImmediate as breathe } from 'node:timers/promises';

/**
 * Measures every contestant once per round, one after another, so that other work on the machine affects all of them.
 * Each round starts with a different contestant, and over the rounds each follows every other, because each leaves
 * something behind: garbage to collect, sockets to close.
 *
 * @param warmUpRounds rounds before the first that counts; V8 optimizes code only after thousands of calls
 * @returns the samples of each contestant, in the order of the rounds
 */
export async function alternate<Name extends string, Sample>(
  contestants: Readonly<Record<Name, () => Promise<Sample>>>,
  rounds: number,
  warmUpRounds?: number,
): Promise<Readonly<Record<Name, readonly Sample[]>>>;
export async function alternate(
  contestants: Readonly<Record<string, () => Promise<unknown>>>,
  rounds: number,
  warmUpRounds = 1,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const entries = Object.entries(contestants).map(([name, measure]) => {
    const samples: unknown[] = [];
    return { name, measure, samples };
  });
  for (let round = 0; round < warmUpRounds; round += 1) for (const { measure } of entries) await measure();
  const strides = entries.map((_, index) => index + 1).filter((stride) => isCoprime(stride, entries.length));
  for (let round = 0; round < rounds; round += 1) {
    const stride = strides[round % strides.length] ?? 1;
    for (let turn = 0; turn < entries.length; turn += 1) {
      const entry = entries[(round + turn * stride) % entries.length];
      await breathe();
      entry?.samples.push(await entry.measure());
    }
  }
  return Object.fromEntries(entries.map(({ name, samples }) => [name, samples]));
}

// Only a coprime stride visits every contestant before it returns.
function isCoprime(one: number, other: number): boolean {
  return other === 0 ? one === 1 : isCoprime(other, one % other);
}
