import { describe, expect, it } from 'vitest';
import { startTestInspector } from '../../../support/start-test-inspector.ts';

const arrival = (pushId: string) => ({ kind: 'arrival', pushId, handle: 'h' }) as const;

describe('the stream', () => {
  it('sends the past after a reset, then each new entry', async () => {
    const { inspector, stream } = await startTestInspector('inspector');
    inspector.journal.add(arrival('a'));
    inspector.journal.add(arrival('b'));
    const reader = await stream();
    expect(reader.contentType).toBe('text/event-stream; charset=utf-8');
    await reader.next('reset');
    expect(await reader.next('entries')).toMatchObject({
      id: 'run1-2',
      data: [
        { pushId: 'a', seq: 1, atMs: 1_795_338_000_000 },
        { pushId: 'b', seq: 2 },
      ],
    });
    inspector.journal.add(arrival('c'));
    expect(await reader.next('entries')).toMatchObject({ id: 'run1-3', data: [{ pushId: 'c' }] });
    inspector.journal.clear();
    await reader.next('reset');
  });

  it('continues where a reconnecting browser left off', async () => {
    const { inspector, stream } = await startTestInspector('inspector');
    for (const pushId of ['a', 'b', 'c']) inspector.journal.add(arrival(pushId));
    const reader = await stream('run1-2');
    const next = await reader.next('entries');
    expect(next.data).toMatchObject([{ pushId: 'c', seq: 3 }]);
  });

  it.each(['before-2', 'run1', 'run1-', 'run1-x', ''])(
    'starts over for the unusable last event id "%s"',
    async (lastEventId) => {
      const { inspector, stream } = await startTestInspector('inspector');
      inspector.journal.add(arrival('a'));
      const reader = await stream(lastEventId);
      await reader.next('reset');
      expect(await reader.next('entries')).toMatchObject({ data: [{ pushId: 'a' }] });
    },
  );

  it('keeps no more entries than its capacity', async () => {
    const { inspector, stream } = await startTestInspector('inspector', { capacity: 2 });
    for (const pushId of ['a', 'b', 'c']) inspector.journal.add(arrival(pushId));
    const reader = await stream();
    expect(await reader.next('entries')).toMatchObject({ data: [{ pushId: 'b' }, { pushId: 'c' }] });
  });

  it('sends the state whenever it changes', async () => {
    const { post, stream, hostUrl } = await startTestInspector('inspector');
    await post('fault', { kind: 'throttle', pushes: 3 });
    const reader = await stream();
    expect(await reader.next('state')).toMatchObject({
      data: {
        nowMs: 1_795_338_000_000,
        userName: 'Ada Lindqvist',
        hostUrl,
        fault: { kind: 'throttle', pushes: 3 },
        devices: [],
        deadLetters: [],
      },
    });
    await post('fault', { kind: 'none', pushes: 1 });
    expect((await reader.next('state')).data).not.toHaveProperty('fault');
  });

  it('sends the current time to a page that is opened later, so that no ended ring rings again', async () => {
    let nowMs = 1_795_338_000_000;
    const { post, stream } = await startTestInspector('inspector', { clock: () => nowMs });
    await post('fault', { kind: 'none', pushes: 1 });
    nowMs = 1_795_338_090_000;
    const reader = await stream();
    expect(await reader.next('state')).toMatchObject({ data: { nowMs: 1_795_338_090_000 } });
  });
});

describe('the journal', () => {
  it('has a request to the hub with its findings, without handle and token', async () => {
    const { hub, stream } = await startTestInspector('inspector');
    const reader = await stream();
    await hub.send({ body: '{"aps":{"alert":"hi"},"acs":{"id":"e1"}}' });
    const { data } = await reader.next('entries');
    expect(data).toMatchObject([
      {
        kind: 'push',
        hub: 'relay',
        format: 'apple',
        handles: ['00fc…e8f0'],
        path: '/relay/messages/?direct&api-version=2015-04',
        status: 201,
        keyName: 'Sender',
        bodyBytes: 40,
      },
    ]);
    const text = JSON.stringify(data);
    expect(text).not.toContain('00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0');
    expect(text).not.toContain('SharedAccessSignature');
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'arrival', handle: '00fc…e8f0' }] });
  });

  it('has each arrival once', async () => {
    const { hub, inspector } = await startTestInspector('inspector');
    await hub.send();
    await hub.send();
    expect(inspector.journal.after(0).map(({ kind }) => kind)).toEqual([
      'push',
      'arrival',
      'push',
      'arrival',
    ]);
  });

  it('has rejected requests, and the drops of an offline phone', async () => {
    const { hub, stream } = await startTestInspector('inspector');
    const reader = await stream();
    await hub.send({ path: '/relay/nowhere' });
    expect(await reader.next('entries')).toMatchObject({
      data: [
        {
          kind: 'refusal',
          status: 404,
          method: 'POST',
          path: '/relay/nowhere',
        },
      ],
    });
    const handle = '00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0';
    hub.phones.setOnline(handle, false);
    const headers = { 'apns-expiration': '0' };
    await hub.send({ headers });
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'push' }] });
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'drop', why: 'not-stored' }] });
  });
});
