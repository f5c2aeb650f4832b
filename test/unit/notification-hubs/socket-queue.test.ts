import { describe, expect, it } from 'vitest';
import {
  createSocketQueue,
  type SendPriority,
} from '../../../src/notification-hubs/transports/socket-queue.ts';

function openQueue(sockets: number) {
  const queue = createSocketQueue(sockets);
  const begun: string[] = [];
  const enter = (name: string, priority: SendPriority, isWanted = true) =>
    queue.enter(priority, (hasWaited) => {
      begun.push(hasWaited ? `${name} after a wait` : name);
      return isWanted;
    });
  return { ...queue, begun, enter };
}

describe('createSocketQueue', () => {
  it('begins as many requests as there are sockets, and the next ones as these end, rings first', () => {
    const { begun, enter, leave } = openQueue(2);
    enter('a', 'chat');
    enter('b', 'chat');
    enter('c', 'chat');
    enter('d', 'ring');
    enter('e', 'ring');
    expect(begun).toEqual(['a', 'b']);
    leave();
    leave();
    leave();
    expect(begun.slice(2)).toEqual(['d after a wait', 'e after a wait', 'c after a wait']);
  });

  it('passes over 100,000 requests that gave up', () => {
    const { begun, enter, leave } = openQueue(1);
    enter('a', 'chat');
    for (let count = 0; count < 100_000; count += 1) enter('gone', 'chat', false);
    enter('b', 'chat');
    leave();
    expect(begun.at(-1)).toBe('b after a wait');
    leave();
    enter('c', 'chat');
    expect(begun.at(-1)).toBe('c');
  });

  it('keeps the socket of a request that gave up at once', () => {
    const { begun, enter } = openQueue(1);
    enter('gone', 'ring', false);
    enter('a', 'chat');
    expect(begun).toEqual(['gone', 'a']);
  });

  it('says when it is empty', async () => {
    const { enter, leave, emptied } = openQueue(2);
    await emptied();
    enter('a', 'chat');
    enter('b', 'chat');
    enter('c', 'chat');
    let isEmpty = false;
    const empty = emptied().then(() => {
      isEmpty = true;
    });
    leave();
    leave();
    await Promise.resolve();
    expect(isEmpty).toBe(false);
    leave();
    await empty;
  });
});
