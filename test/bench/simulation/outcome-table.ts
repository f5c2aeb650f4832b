import { textTable } from '../../../src/cli/terminal.ts';
import type { Outcome } from './simulate.ts';

const heading = [
  'load',
  'rings',
  'lost',
  'late',
  'p50',
  'p95',
  'p99',
  'max',
  'chat',
  'lost',
  'p50',
  'p99',
  'hub',
  'instances',
  'storage',
  'Event Grid',
  '429',
  'first to fill',
];

/** Formats one row per load: latencies in seconds; hub, instances, storage and Event Grid in percent of their limit. */
export function outcomeTable(rows: readonly { readonly load: number; readonly outcome: Outcome }[]): string {
  return textTable([heading, ...rows.map(({ load, outcome }) => rowOf(load, outcome))]);
}

function rowOf(load: number, { rings, chat, use, instances, throttled, first }: Outcome): readonly string[] {
  const { p50, p95, p99, max } = rings.latency;
  return [
    `x${load}`,
    String(rings.wanted),
    String(rings.lost),
    String(rings.late),
    ...[p50, p95, p99, max].map(seconds),
    String(chat.wanted),
    String(chat.lost),
    ...[chat.latency.p50, chat.latency.p99].map(seconds),
    percent(use.hub),
    `${percent(use.instances)} (${instances.calls}+${instances.chat})`,
    percent(use.storage),
    percent(use.eventGrid),
    String(throttled),
    first,
  ];
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '-' : (ms / 1_000).toFixed(ms < 10_000 ? 2 : 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
