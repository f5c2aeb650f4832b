import type { Inputs } from './inputs.ts';

/** A tenant size and its deployment. */
export interface Size {
  readonly name: string;
  readonly deployment: string;
  readonly over: Partial<Inputs>;
  /** Multiples of the peak load to simulate. */
  readonly loads: readonly number[];
}

/** The sizes of docs/scale.md. */
export const sizes: readonly Size[] = [
  {
    name: '1K',
    deployment: '1,000 users on one Basic namespace',
    // With so few users, only a long peak averages out chance.
    over: { users: 1_000, hubSendsPerMinute: 900, minutes: 30 },
    loads: [1, 4, 8, 32],
  },
  {
    name: '100K',
    deployment: '100,000 users on one Standard namespace',
    over: { users: 100_000 },
    loads: [1, 2, 3, 4],
  },
  {
    name: '100K-apart',
    deployment: '100,000 users, calls and chat on a Standard namespace each',
    over: { users: 100_000, callNamespace: 1 },
    loads: [1, 2, 3, 4],
  },
  {
    name: '10M',
    deployment: 'one of 50 stamps of 200,000 users, calls and chat on a Standard namespace each',
    over: { users: 200_000, callNamespace: 1, alwaysReadyCalls: 2, alwaysReadyChat: 1 },
    loads: [1, 2, 3, 4],
  },
];
