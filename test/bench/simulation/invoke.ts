import type { Push } from '../../../src/notifications/push.ts';
import { sendPush } from '../../../src/relay/send-push.ts';
import type { Instance } from './create-pool.ts';
import type { SimulatedEvent } from './simulated-event.ts';
import type { World } from './world.ts';

const somePush: Push = { platform: 'fcmv1', target: 'alert', headers: {}, body: '{}', expiresAtMs: 0 };

/**
 * One invocation of the relay: claim beside lookup, all devices side by side by the relay's own `sendPush`, settle. What
 * storage requests a ring needs beside that is as in the relay: who is rung is written down while the ring goes out, and
 * read back after it.
 *
 * @returns whether the event is done
 */
export async function invoke(world: World, instance: Instance, event: SimulatedEvent): Promise<boolean> {
  const { inputs, storage, time } = world;
  const budgetEndsMs = time.clock() + inputs.budgetSeconds * 1_000;
  await instance.cpu(inputs.cpuPerEventMs);
  await Promise.all([storage.request(), storage.request()]);
  if (event.settled) return true;
  if (event.claimed) return false;
  event.claimed = true;
  const remembering = event.kind === 'ring' ? storage.request() : Promise.resolve();
  await Promise.all(
    [...event.open.keys()].map((device) => tell(world, instance, event, device, budgetEndsMs)),
  );
  await remembering;
  if (event.kind === 'ring') await storage.request();
  await storage.request();
  event.claimed = false;
  event.settled = event.open.size === 0;
  return event.settled;
}

async function tell(
  world: World,
  instance: Instance,
  event: SimulatedEvent,
  device: number,
  budgetEndsMs: number,
): Promise<void> {
  const { inputs, time, random, tally } = world;
  const namespace = event.kind === 'chat' ? world.namespaces.chat : world.namespaces.calls;
  const send = async (expiresAtMs: number) => {
    await instance.cpu(inputs.cpuPerPushMs);
    if (!event.begun.has(device)) namespace.wanted();
    event.begun.add(device);
    const deps = { clock: time.clock, sleep: time.sleep, random: random.next };
    const push = { expiresAtMs, buildAt: () => somePush };
    return (await sendPush(deps, [namespace.client], push, 'handle', budgetEndsMs)).outcome.kind;
  };

  if (event.open.get(device) === 'ring') {
    const outcome = time.clock() < event.expiresAtMs ? await send(event.expiresAtMs) : 'expired';
    if (outcome === 'accepted') {
      tally.ringMs.push(time.clock() - event.atMs);
      event.open.delete(device);
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
