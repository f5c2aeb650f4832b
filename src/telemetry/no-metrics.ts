import type { RelayMetrics } from './relay-metrics.ts';

const nothing = () => {};

/** The metrics when nobody collects them. */
export const noMetrics: RelayMetrics = {
  eventEnded: nothing,
  pushEnded: nothing,
  retried: nothing,
  degraded: nothing,
  deadLettered: nothing,
  rang: nothing,
};
