import type { SeededRandom } from '../../support/chaos/seeded-random.ts';
import type { VirtualTime } from '../../support/chaos/virtual-time.ts';
import type { Namespace } from './create-namespace.ts';
import type { Peak } from './create-peak.ts';
import type { Pool } from './create-pool.ts';
import type { Storage } from './create-storage.ts';
import type { Inputs } from './inputs.ts';
import type { Tally } from './tally.ts';

export interface World {
  readonly inputs: Inputs;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly storage: Storage;
  /** The namespaces for calls and for chat; they can be the same. */
  readonly namespaces: { readonly calls: Namespace; readonly chat: Namespace };
  /** The instances of `relayCalls` and `relayChat`. */
  readonly pools: { readonly calls: Pool; readonly chat: Pool };
  readonly eventGridMs: () => number;
  readonly published: Peak;
  readonly tally: Tally;
}
