import type { Device } from '../../../src/devices/device.ts';
import type { Case } from './case.ts';
import type { Fate } from './event-grid.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** Puts what is known after a run in order for the judges. */
export function makeCase(init: {
  readonly world: World;
  readonly devices: readonly Device[];
  readonly truths: readonly Truth[];
  readonly fates: ReadonlyMap<string, Fate>;
}): Case {
  const { world, devices, truths, fates } = init;
  return {
    world,
    truths,
    fates,
    byId: new Map(truths.map((truth) => [truth.id, truth])),
    byThing: Map.groupBy(truths, ({ thing }) => thing),
    devicesOf: Map.groupBy(devices, ({ recipientId }) => recipientId),
    lettersOf: Map.groupBy(world.letters, ({ identity }) => identity?.id ?? ''),
    handledOf: Map.groupBy(world.handled, ({ eventId }) => eventId),
    postsOf: Map.groupBy(world.posts, ({ eventId }) => eventId),
  };
}
