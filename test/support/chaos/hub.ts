import type { Device } from '../../../src/devices/device.ts';
import {
  createDirectSendClient,
  type DirectSendClient,
} from '../../../src/notification-hubs/direct-send-client.ts';
import type {
  HubTransport,
  HubTransportResult,
} from '../../../src/notification-hubs/transports/hub-transport.ts';
import type { Conditions } from './conditions.ts';
import type { HubFault } from './hub-fault.ts';
import type { Life } from './life.ts';
import type { Phone } from './phone.ts';
import { readRequest, type WirePush } from './read-request.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One request to a hub. */
export interface Post extends WirePush {
  readonly hub: string;
  /** When its first byte left. */
  readonly atMs: number;
  /** Who sent it: an invocation. */
  readonly owner: string;
  readonly fault: HubFault;
  /** The device it was for; undefined when its handle is unknown or belongs to the other hub. */
  readonly deviceId: string | undefined;
  /** Whether it reached the phone. */
  arrived: boolean;
}

/** A client of a hub that fails as the conditions say, and hands what it takes to the phones. */
export function createHub(init: {
  readonly target: 'alert' | 'voip';
  readonly place: number;
  readonly time: VirtualTime;
  readonly life: Life;
  readonly owner: string;
  readonly phones: ReadonlyMap<string, Phone>;
  readonly devices: readonly Device[];
  readonly posts: Post[];
  readonly conditions: () => Conditions;
}): DirectSendClient {
  const { target, place, time, life, owner, phones, devices, posts, conditions } = init;
  const hub = `${target}-${place}`;

  const post: HubTransport['post'] = async (request, { timeoutMs }): Promise<HubTransportResult> => {
    await life.step('before POST');
    const push = readRequest(request, time.clock());
    const { handle } = push;
    const device = devices.find((one) => (target === 'voip' ? one.voipHandle : one.handle) === handle);
    const fault = conditions().hubFault(hub, time.clock(), handle);
    const one: Post = {
      ...push,
      hub,
      owner,
      fault,
      deviceId: device?.deviceId,
      atMs: time.clock(),
      arrived: false,
    };
    posts.push(one);
    if (fault.kind === 'refused') {
      await sleep(Math.min(2, timeoutMs));
      return { kind: 'not-sent', reason: 'ECONNREFUSED' };
    }
    const tookMs = conditions().hubMs();
    const halfMs = Math.floor(tookMs / 2);
    await sleep(Math.min(halfMs, timeoutMs));
    const phone = phones.get(device?.deviceId ?? '');
    if (takes(fault) && halfMs <= timeoutMs && phone !== undefined) {
      one.arrived = true;
      phone.receive(push, time.clock());
    }
    await life.step('after POST');
    if (fault.kind === 'lost' && fault.how === 'ECONNRESET' && tookMs < timeoutMs) {
      await sleep(tookMs - halfMs);
      return { kind: 'no-answer', reason: 'ECONNRESET' };
    }
    if (fault.kind === 'lost' || tookMs >= timeoutMs) {
      await sleep(Math.max(0, timeoutMs - halfMs));
      return { kind: 'no-answer', reason: 'TIMEOUT' };
    }
    await sleep(tookMs - halfMs);
    const { status, headers = {} } = fault;
    return { kind: 'response', status, headers, body: `<Error><Detail>Fault ${status}</Detail></Error>` };
  };

  const sleep = async (ms: number): Promise<void> => {
    await time.sleep(ms);
    await life.alive();
  };
  const transport: HubTransport = { post, close: async () => {} };
  return createDirectSendClient({
    hub: { connection: { endpoint: `https://${hub}.example`, keyName: 'Send', key: 'key' }, hubName: hub },
    transport,
    clock: time.clock,
  });
}

function takes(fault: HubFault): boolean {
  return fault.kind === 'answer' ? fault.status === 201 : fault.kind === 'lost' && fault.took;
}
