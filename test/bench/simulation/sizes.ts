import type { Inputs } from './inputs.ts';

/** A size of tenant, and what it is deployed on. */
export interface Size {
  readonly name: string;
  /** What is deployed, in words. */
  readonly deployment: string;
  readonly over: Partial<Inputs>;
  /** How many times the load of the peak is played. */
  readonly loads: readonly number[];
}

/** The three sizes of the sizing page. */
export const sizes: readonly Size[] = [
  {
    name: '1K',
    deployment: '1,000 users on one Basic namespace',
    // So few that the peak must last for chance to even out.
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
