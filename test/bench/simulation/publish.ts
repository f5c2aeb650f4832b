import { deliver } from './deliver.ts';
import type { SimulatedEvent, Stage } from './simulated-event.ts';
import type { World } from './world.ts';

/** Publishes random calls and messages, and messages to large chats, for the length of the peak. */
export function publish(world: World): void {
  const { inputs } = world;
  const peak = (perUserDay: number) =>
    (inputs.users * perUserDay * inputs.busyHourShare * inputs.peakFactor) / 3_600;
  repeat(world, peak(inputs.callsPerUserDay), () => call(world));
  repeat(world, peak(inputs.messagesPerUserDay), () => publishOne(world, 'chat', devicesOf(world)));
  const bursts = (inputs.burstsPerMinute * inputs.peakFactor * inputs.users) / 100_000 / 60;
  repeat(world, bursts, async () => {
    const members = Array.from({ length: inputs.burstMembers }, () => devicesOf(world));
    await Promise.all(members.map((devices) => publishOne(world, 'chat', devices)));
  });
}

/** A Poisson process: independent moments at an average rate. */
function repeat({ time, random, inputs }: World, perSecond: number, happen: () => Promise<void>): void {
  const endsMs = inputs.minutes * 60_000;
  const next = async (): Promise<void> => {
    for (;;) {
      const gapMs = (-Math.log(1 - random.next()) / perSecond) * 1_000;
      if (!(time.clock() + gapMs < endsMs)) return;
      await time.sleep(gapMs);
      void happen();
    }
  };
  void next();
}

/** A call rings, and is answered or times out. Each step is a separate event. */
async function call(world: World): Promise<void> {
  const { time, random, inputs } = world;
  const devices = devicesOf(world);
  void publishOne(world, 'ring', devices);
  if (random.chance(inputs.answeredShare)) {
    await time.sleep(random.int(3, 15) * 1_000);
    void publishOne(world, 'call', devices);
    await time.sleep(60_000);
    await publishOne(world, 'call', devices);
  } else {
    await time.sleep(inputs.ringSeconds * 1_000);
    // The end, and the notice of the missed call: two pushes for each device.
    await publishOne(world, 'call', devices * 2);
  }
}

function publishOne(world: World, kind: SimulatedEvent['kind'], pushes: number): Promise<void> {
  const { inputs, time } = world;
  const atMs = time.clock();
  const stage: Stage = kind === 'ring' ? 'ring' : 'push';
  const lifeSeconds = kind === 'chat' ? inputs.chatTtlSeconds : inputs.ringSeconds;
  return deliver(world, {
    kind,
    atMs,
    expiresAtMs: atMs + lifeSeconds * 1_000,
    open: new Map(Array.from({ length: pushes }, (_, device) => [device, stage])),
    begun: new Set(),
    claimed: false,
    settled: false,
  });
}

/** Returns a whole number of devices with the configured average. */
function devicesOf({ inputs, random }: World): number {
  const whole = Math.floor(inputs.devicesPerUser);
  return whole + (random.chance(inputs.devicesPerUser - whole) ? 1 : 0);
}
