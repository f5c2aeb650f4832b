import { batch } from './batch.ts';
import { directSend } from './direct-send.ts';
import { mapping } from './mapping.ts';
import type { Section } from './section.ts';

/** Every measurement, in the order in which they run. */
export const sections: readonly Section[] = [directSend, mapping, batch];
