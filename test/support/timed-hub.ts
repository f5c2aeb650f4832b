import {
  createDirectSendClient,
  type DirectSendClient,
} from '../../src/notification-hubs/direct-send-client.ts';
import { createSocketQueue } from '../../src/notification-hubs/transports/exchange.ts';
import type {
  HubTransport,
  HubTransportResult,
  SendPriority,
} from '../../src/notification-hubs/transports/hub-transport.ts';
import type { VirtualTime } from './chaos/virtual-time.ts';

/** What a hub does with one request that was written to it. */
export interface TimedAnswer {
  /** From the write to the answer; infinite: it never answers. */
  readonly afterMs: number;
  /** Default: 201. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `refused`: nothing can be written to it. Default: a response. */
  readonly kind?: 'refused';
}

/** One request that was written to a hub. */
export interface TimedPost {
  readonly atMs: number;
  readonly handle: string;
  readonly priority: SendPriority;
  readonly body: string;
  /** The hub took it, even when nobody waited for that answer any more. */
  readonly isAccepted: boolean;
}

/** A hub in virtual time, behind a transport that has a number of sockets and keeps the contract of the real ones. */
export function createTimedHub(init: {
  readonly time: VirtualTime;
  readonly sockets?: number;
  readonly answer: (nowMs: number, running: number) => TimedAnswer;
}): { readonly client: DirectSendClient; readonly posts: readonly TimedPost[] } {
  const { time, sockets = 64, answer } = init;
  const queue = createSocketQueue(sockets);
  const posts: TimedPost[] = [];
  let running = 0;

  const post: HubTransport['post'] = (request, { timeoutMs, waitMs, priority, isStillWanted }) => {
    const { promise, resolve } = Promise.withResolvers<HubTransportResult>();
    let isOver = false;
    const end = (result: HubTransportResult): void => {
      isOver = true;
      resolve(result);
    };
    const stopWaiting = time.startTimer(waitMs, () => end({ kind: 'not-sent', reason: 'TIMEOUT' }));
    const write = async (hasWaited: boolean): Promise<void> => {
      if (hasWaited && isStillWanted !== undefined && !(await isStillWanted()))
        end({ kind: 'not-sent', reason: 'UNWANTED' });
      stopWaiting();
      if (isOver) return;
      running += 1;
      const { afterMs, status = 201, headers = {}, kind } = answer(time.clock(), running);
      const handle = request.headers['servicebusnotification-devicehandle'] ?? '';
      if (kind === 'refused') {
        end({ kind: 'not-sent', reason: 'ECONNREFUSED' });
      } else {
        const isAccepted = status === 201 && Number.isFinite(afterMs);
        posts.push({ atMs: time.clock(), handle, priority, body: request.body, isAccepted });
        await time.sleep(Math.min(afterMs, timeoutMs));
        end(
          afterMs > timeoutMs
            ? { kind: 'no-answer', reason: 'TIMEOUT' }
            : { kind: 'response', status, headers, body: '' },
        );
      }
      // A hub goes on with what it took; only the socket is free.
      if (Number.isFinite(afterMs) && afterMs > timeoutMs) {
        void time.sleep(afterMs - timeoutMs).then(() => {
          running -= 1;
        });
      } else running -= 1;
    };
    queue.enter(priority, (hasWaited) => {
      if (isOver) return false;
      void write(hasWaited).then(queue.leave);
      return true;
    });
    return promise;
  };
  const client = createDirectSendClient({
    hub: { connection: { endpoint: 'https://n.example', keyName: 'Send', key: 'key' }, hubName: 'hub' },
    transport: { post, close: async () => {} },
    clock: time.clock,
  });
  return { client, posts };
}
