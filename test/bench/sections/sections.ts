import { batch } from './batch.ts';
import { directSend } from './direct-send.ts';
import { mapping } from './mapping.ts';
import { memory } from './memory.ts';
import { ringLatency } from './ring-latency.ts';
import type { Section } from './section.ts';
import { wholeRelay } from './whole-relay.ts';

/** Every measurement, in the order in which they run. */
export const sections: readonly Section[] = [directSend, mapping, wholeRelay, ringLatency, batch, memory];
