import { invoke } from './invoke.ts';
import type { SimulatedEvent } from './simulated-event.ts';
import type { World } from './world.ts';

// Seconds until the next delivery, without jitter ("Event Grid message delivery and retry", Microsoft).
const schedule = [10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200];

/** Delivers an event as Event Grid does: until it is acknowledged, or until its attempts or time to live end. */
export async function deliver(world: World, event: SimulatedEvent): Promise<void> {
  const { inputs, time, random, tally } = world;
  const isChat = event.kind === 'chat';
  const pool = isChat ? world.pools.chat : world.pools.calls;
  const attempts = isChat ? inputs.chatAttempts : inputs.callAttempts;
  const endsMs = event.atMs + (isChat ? inputs.chatTtlMinutes : inputs.callTtlMinutes) * 60_000;
  const attempt = () => pool.run((instance) => invoke(world, instance, event));

  world.published.add(event.atMs);
  await time.sleep(world.eventGridMs());
  if (random.chance(inputs.duplicateShare)) void time.sleep(random.int(0, 1_000)).then(attempt);
  for (let tries = 1; ; tries += 1) {
    const timeout = time.sleep(inputs.eventGridAnswerSeconds * 1_000).then(() => false);
    if (await Promise.race([attempt(), timeout])) return;
    tally.repeated += 1;
    const seconds = schedule[Math.min(tries, schedule.length) - 1] ?? 0;
    const pauseMs = seconds * 1_000 * (1 + random.next() * 0.25);
    if (tries >= attempts || time.clock() + pauseMs > endsMs) return giveUp(world, event);
    await time.sleep(pauseMs);
  }
}

function giveUp({ tally }: World, event: SimulatedEvent): void {
  for (const stage of event.open.values()) {
    if (stage === 'ring') tally.lostRings += 1;
    if (event.kind === 'chat') tally.lostChat += 1;
  }
  event.open.clear();
}
