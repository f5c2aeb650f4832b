import { coldStart } from './cold-start.ts';
import { directSend } from './direct-send.ts';
import { mapping } from './mapping.ts';
import { memory } from './memory.ts';
import { ringLatency } from './ring-latency.ts';
import type { Section } from './section.ts';
import { wholeRelay } from './whole-relay.ts';

/** Every measurement, in the order of the letters. */
export const sections: readonly Section[] = [directSend, mapping, wholeRelay, coldStart, ringLatency, memory];
