import { randomUUID } from 'node:crypto';
import { createInspector, type Inspector } from './create-inspector.ts';
import type { InspectorOptions } from './inspector-parts.ts';

/** Source: "Event Grid message delivery and retry" (10 seconds, 30 seconds, 1 minute, 5 minutes). */
const eventGridDelaysMs = [10_000, 30_000, 60_000, 300_000];

/** What of an inspector a local stack decides. */
export type LocalInspectorOptions = Pick<InspectorOptions, 'clock' | 'startTimer'> & {
  /** Default 4,000. */
  readonly pauseMs?: number;
  /** Default: those of Event Grid. */
  readonly retryDelaysMs?: readonly number[];
};

/** The inspector of `npm start`. */
export function createLocalInspector(options: LocalInspectorOptions): Inspector {
  const { clock, startTimer, pauseMs = 4000, retryDelaysMs = eventGridDelaysMs } = options;
  return createInspector({ clock, startTimer, newId: randomUUID, pauseMs, retryDelaysMs, capacity: 3000 });
}
