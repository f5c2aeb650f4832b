import { RelayError } from '../../../src/errors/errors.ts';
import type { Case } from './case.ts';
import { judgeLate } from './judge-late.ts';
import { judgeLost } from './judge-lost.ts';
import { judgeResent } from './judge-resent.ts';
import { judgeRinging } from './judge-ringing.ts';
import { judgeScreens } from './judge-screens.ts';
import type { Verdict } from './verdict.ts';
import type { World } from './world.ts';

/** Looks at phones, requests, letters and rows after a run, and says what is wrong with them. */
export function judge(
  facts: Case,
  about: {
    readonly seed: number;
    readonly secondary: boolean;
    /** How many requests were made, to the hubs and to storage, before the weather turned. */
    readonly inStorm: { readonly posts: number; readonly storage: World['storage'] };
  },
): Verdict {
  const { seed, secondary, inStorm } = about;
  const { world, truths, fates } = facts;
  const { posts, handled, letters } = world;
  const { ringingOn, excusedRings } = judgeRinging(facts);
  const stormy = posts.slice(0, inStorm.posts);
  return {
    seed,
    secondary,
    events: truths.length,
    pushes: new Set(stormy.map(({ eventId, kind, deviceId }) => `${eventId} ${kind} ${deviceId}`)).size,
    posts: stormy.length,
    failedPosts: stormy.filter(({ fault }) => fault.kind !== 'answer' || fault.status !== 201).length,
    failedStorage: inStorm.storage.failed,
    storageRequests: inStorm.storage.requests,
    crashes: handled.filter(({ untilMs }) => untilMs === undefined).length,
    letters: letters.length,
    givenUp: [...fates.values()].filter(({ kind }) => kind === 'dead-lettered').length,
    missed: [...world.phones.values()]
      .flatMap(({ got }) => [...got])
      .filter((what) => /^ring\S+ missed-call$/.test(what)).length,
    excusedRings,
    lost: judgeLost(facts),
    late: judgeLate(facts),
    doubled: judgeScreens(facts),
    ringingOn,
    resent: judgeResent(facts),
    strays: posts
      .filter(({ deviceId }) => deviceId === undefined)
      .map(({ eventId, hub }) => `${eventId} ${hub}`),
    openRows: [...world.rows.values()].filter((state) => state !== 'settled').length,
    faults: handled
      .filter(({ thrown }) => thrown !== undefined && !(thrown instanceof RelayError && isExplained(thrown)))
      .map(({ eventId, thrown }) => `${eventId}: ${String(thrown)}`),
  };
}

function isExplained({ code }: RelayError): boolean {
  return code === 'STORAGE_UNAVAILABLE';
}
