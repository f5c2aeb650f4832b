import { describe, expect, it } from 'vitest';
import {
  createBodyCollector,
  createSocketQueue,
  errorReason,
  normaliseHeaders,
} from '../../../../src/notification-hubs/transports/exchange.ts';
import type { SendPriority } from '../../../../src/notification-hubs/transports/hub-transport.ts';

describe('createBodyCollector', () => {
  it('collects chunks as UTF-8 text', () => {
    const body = createBodyCollector(10);
    const bytes = Buffer.from('aé');
    expect(body.add(bytes.subarray(0, 2))).toBe(true);
    expect(body.add(bytes.subarray(2))).toBe(true);
    expect(body.text()).toBe('aé');
  });

  it('keeps no more than the limit and says when it is reached', () => {
    const body = createBodyCollector(4);
    expect(body.add(Buffer.from('abc'))).toBe(true);
    expect(body.add(Buffer.from('def'))).toBe(false);
    expect(body.add(Buffer.from('ghi'))).toBe(false);
    expect(body.text()).toBe('abcd');
  });
});

describe('errorReason', () => {
  it('returns the code of a network error', () => {
    expect(errorReason(Object.assign(new Error('secret'), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
  });

  it.each([
    new Error('secret'),
    Object.assign(new Error('secret'), { code: 42 }),
    Object.assign(new Error('secret'), { code: 'secret value' }),
    Object.assign(new Error('secret'), { code: 'A'.repeat(61) }),
    'secret',
    null,
    undefined,
  ])('returns UNKNOWN_ERROR for %o', (error) => {
    expect(errorReason(error)).toBe('UNKNOWN_ERROR');
  });
});

describe('normaliseHeaders', () => {
  it('lowers names, joins lists and omits undefined values', () => {
    expect(normaliseHeaders({ TrackingId: 't', 'retry-after': ['1', '2'], x: undefined })).toEqual({
      trackingid: 't',
      'retry-after': '1, 2',
    });
  });
});

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
