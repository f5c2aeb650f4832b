import type { Conditions } from './conditions.ts';
import { type HubFault, taken } from './hub-fault.ts';
import type { SeededRandom } from './seeded-random.ts';

type Draw = (random: SeededRandom, nowMs: number) => HubFault;
const answer = (status: number, headers: Record<string, string> = {}): HubFault => ({
  kind: 'answer',
  status,
  headers,
});

// Every way of the outcome table, each as likely as the others.
const faults: readonly [Draw, ...Draw[]] = [
  () => answer(400),
  () => answer(413),
  () => answer(429),
  (random) => answer(429, { 'retry-after': String(random.int(1, 8)) }),
  (random, nowMs) => answer(429, { 'retry-after': new Date(nowMs + random.int(1_000, 9_000)).toUTCString() }),
  (random) => answer(403, { 'retry-after': String(random.int(1, 8)) }),
  () => ({ kind: 'refused' }),
  () => answer(408),
  () => answer(500),
  () => answer(503, { 'retry-after': '2' }),
  () => answer(504),
  () => ({ kind: 'lost', how: 'TIMEOUT', took: true }),
  () => ({ kind: 'lost', how: 'TIMEOUT', took: false }),
  () => ({ kind: 'lost', how: 'ECONNRESET', took: true }),
  () => ({ kind: 'lost', how: 'ECONNRESET', took: false }),
];
const longFaults: readonly [HubFault, ...HubFault[]] = [
  answer(401),
  answer(403),
  answer(404),
  answer(503),
  { kind: 'refused' },
];

/**
 * Bad weather: a hub call fails one time in five, now and then a hub is wrongly set up or away for up to twelve seconds,
 * a storage request fails one time in twenty, before or after its effect, and everything is slow sometimes.
 */
export function stormy(random: SeededRandom): Conditions {
  const spells = new Map<string, { fault: HubFault; fromMs: number; untilMs: number }>();
  const spellOf = (hub: string, nowMs: number) => {
    const known = spells.get(hub);
    if (known !== undefined && nowMs < known.untilMs) return known;
    const fromMs = nowMs + random.int(90_000, 300_000);
    const spell = { fault: random.pick(longFaults), fromMs, untilMs: fromMs + random.int(1_000, 12_000) };
    spells.set(hub, spell);
    return spell;
  };
  let calls = 0;
  let failed = 0;
  const draw = (hub: string, nowMs: number): HubFault => {
    const spell = spellOf(hub, nowMs);
    if (nowMs >= spell.fromMs) return spell.fault;
    // Spells bring many failures of one kind, so the single ones make room for them.
    return random.chance(failed > calls / 5 ? 0.12 : 0.2) ? random.pick(faults)(random, nowMs) : taken;
  };
  return {
    storageMs: () => (random.chance(0.01) ? random.int(300, 6_500) : random.int(1, 8)),
    hubMs: () => (random.chance(0.02) ? random.int(1_000, 6_000) : random.int(15, 150)),
    storageFault: () => (random.chance(0.05) ? random.pick(['before', 'after']) : undefined),
    hubFault: (hub, nowMs) => {
      const fault = draw(hub, nowMs);
      calls += 1;
      failed += fault === taken ? 0 : 1;
      return fault;
    },
    jitter: random.next,
  };
}
