import type { Push } from '../../../src/notifications/push.ts';
import { sendPush } from '../../../src/relay/send-push.ts';
import type { Instance } from './create-pool.ts';
import type { SimulatedEvent } from './simulated-event.ts';
import type { World } from './world.ts';

const somePush: Push = { platform: 'fcmv1', target: 'alert', headers: {}, body: '{}' };

/**
 * Simulates one invocation of the relay with its storage requests: claim and lookup concurrently, all devices concurrently
 * through the relay's own `sendPush`, then settle. A ring is remembered while it is sent.
 *
 * @returns whether the event is done
 */
export async function invoke(world: World, instance: Instance, event: SimulatedEvent): Promise<boolean> {
  const { inputs, storage, time } = world;
  const budgetEndsMs = time.clock() + inputs.budgetSeconds * 1_000;
  await instance.cpu(inputs.cpuPerEventMs);
  await Promise.all([storage.request(), resolveRecipients(world, event)]);
  if (event.settled) return true;
  if (event.claimed) return false;
  event.claimed = true;
  const remembering = event.kind === 'ring' ? storage.request() : Promise.resolve();
  await Promise.all(
    [...event.open.keys()].map((device) => notify(world, instance, event, device, budgetEndsMs)),
  );
  await remembering;
  await storage.request();
  event.claimed = false;
  event.settled = event.open.size === 0;
  return event.settled;
}

/** Looks up the devices, and for a ring the state of the call. Call progress is recorded first. */
async function resolveRecipients({ storage }: World, { kind }: SimulatedEvent): Promise<void> {
  if (kind === 'call') {
    await storage.request();
    await storage.request();
  }
  await Promise.all([storage.request(), kind === 'ring' ? storage.request() : undefined]);
}

async function notify(
  world: World,
  instance: Instance,
  event: SimulatedEvent,
  device: number,
  budgetEndsMs: number,
): Promise<void> {
  const { inputs, time, random, storage, tally } = world;
  const namespace = event.kind === 'chat' ? world.namespaces.chat : world.namespaces.calls;
  const send = async (expiresAtMs: number) => {
    await instance.cpu(inputs.cpuPerPushMs);
    if (!event.begun.has(device)) namespace.wanted();
    event.begun.add(device);
    const { clock, sleep, startTimer } = time;
    const deps = { clock, sleep, startTimer, random: random.next };
    const priority = event.kind === 'chat' ? ('chat' as const) : ('ring' as const);
    const push = { expiresAtMs, buildAt: () => somePush, priority };
    return (await sendPush(deps, [namespace.client], push, 'handle', budgetEndsMs)).outcome.kind;
  };

  if (event.open.get(device) === 'ring') {
    const outcome = time.clock() < event.expiresAtMs ? await send(event.expiresAtMs) : 'expired';
    if (outcome === 'accepted') {
      tally.ringMs.push(time.clock() - event.atMs);
      event.open.delete(device);
      // Reads whether the call has ended meanwhile.
      await storage.request();
    }
    if (outcome !== 'expired') return;
    tally.lostRings += 1;
    event.open.set(device, 'notice');
  }
  const isNotice = event.open.get(device) === 'notice';
  const outcome = await send(isNotice ? event.atMs + inputs.chatTtlSeconds * 1_000 : event.expiresAtMs);
  if (outcome === 'accepted' && event.kind === 'chat') tally.chatMs.push(time.clock() - event.atMs);
  if (outcome === 'expired' && event.kind === 'chat') tally.lostChat += 1;
  if (outcome === 'accepted' || outcome === 'expired') event.open.delete(device);
}
