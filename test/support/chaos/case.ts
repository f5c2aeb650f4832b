import type { DeadLetterSource } from '../../../src/deliveries/dead-letter.ts';
import type { Device } from '../../../src/devices/device.ts';
import type { Fate } from './event-grid.ts';
import type { Post } from './hub.ts';
import type { Truth } from './truth.ts';
import type { Handled, World } from './world.ts';

/** What a judge has before them, with the registers they look things up in. */
export interface Case {
  readonly world: World;
  readonly truths: readonly Truth[];
  readonly fates: ReadonlyMap<string, Fate>;
  readonly byId: ReadonlyMap<string, Truth>;
  readonly byThing: ReadonlyMap<string, readonly Truth[]>;
  readonly devicesOf: ReadonlyMap<string, readonly Device[]>;
  /** By event id. */
  readonly lettersOf: ReadonlyMap<string, readonly DeadLetterSource[]>;
  readonly handledOf: ReadonlyMap<string, readonly Handled[]>;
  readonly postsOf: ReadonlyMap<string, readonly Post[]>;
}
