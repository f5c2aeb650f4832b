import { describe, expect, it } from 'vitest';
import type { Phone } from '../../../../../src/local/hub-emulator/phones/phone.ts';
import { createPhones } from '../../../../../src/local/hub-emulator/phones/phones.ts';
import { nowMs, receivedPush } from '../../../../support/judged-push.ts';

const android = 'fid_1:APA91b-0000000000';
const iPhone = '00fc13ad';

function world() {
  const time = { nowMs };
  const phones = createPhones(() => time.nowMs);
  const only = () => {
    const [phone] = phones.list();
    if (phone === undefined) throw new Error('No phone.');
    return phone;
  };
  return {
    phones,
    only,
    pass: (ms: number) => {
      time.nowMs += ms;
    },
    fcm: (id: string, android: object = {}, message: object = {}) =>
      phones.receive(
        receivedPush({ id, body: JSON.stringify({ message: { data: {}, android, ...message } }) }),
      ),
    apns: (id: string, headers: Readonly<Record<string, string>> = {}, hub = 'relay') =>
      phones.receive(
        receivedPush({ id, hub, format: 'apple', deviceHandles: [iPhone], headers, body: '{"aps":{}}' }),
      ),
  };
}

const waitingIds = ({ waiting }: Phone) => waiting.map(({ push }) => push.id);
const deliveredIds = ({ delivered }: Phone) => delivered.map(({ push }) => push.id);
const drops = ({ dropped }: Phone) => dropped.map(({ push, why }) => `${push.id} ${why}`);

describe('an online phone', () => {
  it('receives each push immediately, regardless of its expiration', () => {
    const { only, apns, pass } = world();
    apns('p-1', { 'apns-expiration': '0' });
    pass(5);
    apns('p-2', {}, 'relay-2');
    expect(only()).toMatchObject({
      handle: iPhone,
      platform: 'apns',
      hubs: ['relay', 'relay-2'],
      online: true,
      waiting: [],
      dropped: [],
    });
    expect(only().delivered.map(({ push, atMs }) => [push.id, atMs - nowMs])).toEqual([
      ['p-1', 0],
      ['p-2', 5],
    ]);
  });

  it('keeps its newest 200 pushes', () => {
    const { only, fcm } = world();
    for (let count = 1; count <= 201; count += 1) fcm(`p-${count}`);
    expect(only().delivered).toHaveLength(200);
    expect(deliveredIds(only())[0]).toBe('p-2');
  });
});

describe('an offline iPhone', () => {
  it('receives only the latest push when it is online again', () => {
    const { phones, only, apns, pass } = world();
    phones.setOnline(iPhone, false);
    apns('ring', { 'apns-collapse-id': 'call-1' });
    apns('ended', { 'apns-collapse-id': 'call-1' });
    apns('message', { 'apns-collapse-id': 'm-1' });
    apns('edit');
    apns('other');
    expect(waitingIds(only())).toEqual(['other']);
    expect(drops(only())).toEqual([
      'ring replaced',
      'ended only-one-kept',
      'message only-one-kept',
      'edit only-one-kept',
    ]);
    pass(60_000);
    phones.setOnline(iPhone, true);
    expect(only()).toMatchObject({ online: true, waiting: [], delivered: [{ atMs: nowMs + 60_000 }] });
    expect(deliveredIds(only())).toEqual(['other']);
  });

  it('never receives a push that must not be stored, and such a push replaces nothing', () => {
    const { phones, only, apns } = world();
    phones.setOnline(iPhone, false);
    apns('kept', { 'apns-expiration': '1795338030' });
    apns('now or never', { 'apns-expiration': '0' });
    apns('over already', { 'apns-expiration': '1795338000' });
    expect(waitingIds(only())).toEqual(['kept']);
    expect(drops(only())).toEqual(['now or never not-stored', 'over already expired']);
  });

  it('does not receive pushes that have expired meanwhile', () => {
    const { phones, only, apns, pass } = world();
    phones.setOnline(iPhone, false);
    apns('ring', { 'apns-expiration': '1795338030' });
    pass(29_999);
    expect(waitingIds(only())).toEqual(['ring']);
    pass(1);
    expect(waitingIds(only())).toEqual([]);
    phones.setOnline(iPhone, true);
    expect(deliveredIds(only())).toEqual([]);
    expect(drops(only())).toEqual(['ring expired']);
  });
});

describe('an offline Android phone', () => {
  it('receives all messages without a key and the latest of each key, in order', () => {
    const { phones, only, fcm } = world();
    phones.setOnline(android, false);
    fcm('ring');
    fcm('message', { collapse_key: 'chat' });
    fcm('ended');
    fcm('edit', { collapse_key: 'chat' });
    fcm('missed', {}, { notification: { title: 'Missed call' } });
    fcm('missed again', {}, { notification: { title: 'Missed call' } });
    phones.setOnline(android, true);
    expect(deliveredIds(only())).toEqual(['ring', 'ended', 'edit', 'missed again']);
    expect(drops(only())).toEqual(['message replaced', 'missed replaced']);
  });

  it('loses the message with the oldest of five keys', () => {
    const { phones, only, fcm } = world();
    phones.setOnline(android, false);
    for (const key of ['a', 'b', 'c', 'd', 'e']) fcm(key, { collapse_key: key });
    fcm('b again', { collapse_key: 'b' });
    expect(waitingIds(only())).toEqual(['c', 'd', 'e', 'b again']);
    expect(drops(only())).toEqual(['a over-four-keys', 'b replaced']);
  });

  it('receives 100 messages without a key', () => {
    const { phones, only, fcm } = world();
    phones.setOnline(android, false);
    for (let count = 1; count <= 100; count += 1) fcm(`p-${count}`);
    fcm('keyed', { collapse_key: 'chat' });
    expect(only()).toMatchObject({ owesDeletedMessages: false, dropped: [] });
    phones.setOnline(android, true);
    expect(only().delivered).toHaveLength(101);
    expect(only().deletedMessagesAtMs).toEqual([]);
  });

  it('loses everything with the 101st message, learns of it once, and receives later messages', () => {
    const { phones, only, fcm, pass } = world();
    phones.setOnline(android, false);
    fcm('keyed', { collapse_key: 'chat' });
    for (let count = 1; count <= 101; count += 1) fcm(`p-${count}`);
    expect(only()).toMatchObject({ owesDeletedMessages: true, waiting: [] });
    expect(only().dropped).toHaveLength(102);
    expect(new Set(only().dropped.map(({ why }) => why))).toEqual(new Set(['over-100']));
    fcm('after');
    pass(7);
    phones.setOnline(android, true);
    phones.setOnline(android, true);
    expect(deliveredIds(only())).toEqual(['after']);
    expect(only()).toMatchObject({ owesDeletedMessages: false, deletedMessagesAtMs: [nowMs + 7] });
  });

  it('does not count expired messages among the 100', () => {
    const { phones, only, fcm, pass } = world();
    phones.setOnline(android, false);
    for (let count = 1; count <= 100; count += 1) fcm(`p-${count}`, { ttl: '1s' });
    pass(1000);
    fcm('p-101');
    expect(waitingIds(only())).toEqual(['p-101']);
    expect(only().owesDeletedMessages).toBe(false);
  });

  it('never receives a message with ttl 0 or with a ttl that has passed', () => {
    const { phones, only, fcm, pass } = world();
    phones.setOnline(android, false);
    fcm('now or never', { ttl: '0s' });
    fcm('short', { ttl: '30s' });
    fcm('long', { ttl: '60s' });
    pass(30_000);
    phones.setOnline(android, true);
    expect(deliveredIds(only())).toEqual(['long']);
    expect(drops(only())).toEqual(['now or never not-stored', 'short expired']);
  });
});

describe('collapse keys of an Android phone', () => {
  it('live until their last push expires', () => {
    const { phones, fcm, pass, only } = world();
    fcm('one', { collapse_key: 'chat', ttl: '60s' });
    fcm('two', { collapse_key: 'chat', ttl: '30s' });
    fcm('three', { collapse_key: 'sync', ttl: '30s' });
    fcm('four', { collapse_key: 'never', ttl: '0s' });
    expect(only().collapseKeys).toEqual([
      { key: 'chat', untilMs: nowMs + 60_000 },
      { key: 'sync', untilMs: nowMs + 30_000 },
    ]);
    pass(30_000);
    fcm('five');
    expect(phones.get(android)?.collapseKeys).toEqual([{ key: 'chat', untilMs: nowMs + 60_000 }]);
  });

  it('are not tracked for an iPhone', () => {
    const { apns, only } = world();
    apns('p-1', { 'apns-collapse-id': 'call-1' });
    expect(only().collapseKeys).toEqual([]);
  });
});

describe('the phones', () => {
  it('receive a push with several handles once each, and notify listeners of every change until they unsubscribe', () => {
    const { phones } = world();
    const heard: string[] = [];
    const leave = phones.subscribe(({ handle, online }) => heard.push(`${handle} ${online ? 'on' : 'off'}`));
    phones.receive(receivedPush({ deviceHandles: ['a', 'b', 'a'] }));
    phones.setOnline('b', false);
    leave();
    phones.setOnline('b', true);
    expect(heard).toEqual(['a on', 'b on', 'b off']);
    expect(phones.list().map(({ delivered }) => delivered.length)).toEqual([1, 1]);
  });

  it('can be switched off before the first push', () => {
    const { phones, fcm, only } = world();
    phones.setOnline(android, false);
    expect(phones.list()).toEqual([]);
    fcm('p-1');
    expect(only()).toMatchObject({ online: false, delivered: [] });
    expect(waitingIds(only())).toEqual(['p-1']);
  });

  it('can be switched off and on again before the first push', () => {
    const { phones, fcm, only } = world();
    phones.setOnline(android, false);
    phones.setOnline(android, true);
    fcm('p-1');
    expect(only()).toMatchObject({ online: true, waiting: [] });
    expect(deliveredIds(only())).toEqual(['p-1']);
  });

  it('are limited to 5,000', () => {
    const { phones } = world();
    phones.receive(receivedPush({ deviceHandles: Array.from({ length: 5001 }, (_, index) => `t${index}`) }));
    expect(phones.list()).toHaveLength(5000);
    expect(phones.get('t0')).toBeUndefined();
    expect(phones.get('t5000')?.delivered).toHaveLength(1);
  });
});
