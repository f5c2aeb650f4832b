/**
 * Returns latencies with the long tail of a network: log-normal, by median and 99th percentile. Equal values make it
 * constant.
 *
 * @param random from 0 to below 1
 */
export function createLatency(medianMs: number, p99Ms: number, random: () => number): () => number {
  const spread = Math.log(p99Ms / medianMs) / 2.326;
  return () => medianMs * Math.exp(spread * normal(random));
}

// Box-Muller transform. 1 - x is never 0.
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
