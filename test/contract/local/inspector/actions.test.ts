import { describe, expect, it } from 'vitest';
import { hostSeen } from '../../../support/host-seen.ts';
import { startTestInspector } from '../../../support/start-test-inspector.ts';

/** Timers that a test fires by hand. */
function heldTimers() {
  const held: { readonly run: () => void; readonly delayMs: number }[] = [];
  return {
    delays: () => held.map(({ delayMs }) => delayMs),
    fire: () => held.shift()?.run(),
    startTimer: (run: () => void, delayMs: number) => {
      held.push({ run, delayMs });
      return () => undefined;
    },
  };
}

describe('raise', () => {
  it('delivers the events of a scenario to their Function, the later ones after their pause', async () => {
    const seen = hostSeen();
    const timers = heldTimers();
    const { post, stream } = await startTestInspector('inspector', { startTimer: timers.startTimer });
    const reader = await stream();
    expect((await post('raise', { scenario: 'ring-ended', envelope: 'cloudevents' })).status).toBe(204);
    expect(await reader.next('entries')).toMatchObject({
      data: [
        {
          kind: 'delivery',
          functionName: 'relayCalls',
          attempt: 1,
          event: { specversion: '1.0', type: 'Microsoft.Communication.IncomingCall' },
        },
      ],
    });
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'answer', status: 202 }] });
    expect(timers.delays()).toEqual([1000]);
    timers.fire();
    expect(await reader.next('entries')).toMatchObject({
      data: [{ event: { type: 'Microsoft.Communication.CallEnded' } }],
    });
    await reader.next('entries');
    expect(seen).toMatchObject([
      { type: 'Microsoft.Communication.IncomingCall' },
      { type: 'Microsoft.Communication.CallEnded' },
    ]);
  });

  it('delivers chat events to the Function for chats', async () => {
    const { post, stream } = await startTestInspector('inspector');
    const reader = await stream();
    await post('raise', { scenario: 'chat-updated', envelope: 'eventgrid' });
    expect(await reader.next('entries')).toMatchObject({
      data: [
        {
          functionName: 'relayChat',
          event: { eventType: 'Microsoft.Communication.ChatThreadPropertiesUpdatedPerUser' },
        },
      ],
    });
  });

  it.each([
    [{ scenario: 'none', envelope: 'eventgrid' }, 404, 'Unknown scenario "none".'],
    [{ scenario: 'ring', envelope: 'soap' }, 400, 'envelope'],
    [{}, 400, 'scenario'],
    ['{', 400, 'The body is not JSON.'],
  ])('rejects %j', async (body, status, text) => {
    const { post } = await startTestInspector('inspector');
    const response = await post('raise', body);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
  });
});

describe('an event that the host does not accept', () => {
  it('is redelivered on the schedule with a delivery count, and then given up', async () => {
    const timers = heldTimers();
    const { createEventGrid } = await import('../../../../src/local/inspector/server/event-grid.ts');
    const { inspector, stream, hostUrl } = await startTestInspector('inspector');
    const reader = await stream();
    const grid = createEventGrid({
      hostUrl,
      journal: inspector.journal,
      clock: () => 1_795_338_000_000,
      startTimer: timers.startTimer,
      retryDelaysMs: [10_000],
    });
    await grid.deliver('relayChat', { id: 'e1', eventType: 'Refused' });
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'delivery', attempt: 1 }] });
    expect(await reader.next('entries')).toMatchObject({
      data: [
        {
          kind: 'answer',
          status: 500,
          detail: 'Exception while executing function: Functions.relayChat: a push has no final outcome',
        },
      ],
    });
    expect(await reader.next('entries')).toMatchObject({
      data: [{ kind: 'redelivery', eventId: 'e1', eventType: 'Refused', dueAtMs: 1_795_338_010_000 }],
    });
    expect(timers.delays()).toEqual([10_000]);
    timers.fire();
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'delivery', attempt: 2 }] });
    await reader.next('entries');
    const { data } = await reader.next('entries');
    expect(data).toMatchObject([{ kind: 'redelivery', eventId: 'e1' }]);
    expect(JSON.stringify(data)).not.toContain('dueAtMs');
  });
});

describe('devices', () => {
  it('are added, changed, switched off and removed', async () => {
    const { post, stream } = await startTestInspector('inspector');
    const reader = await stream();
    const devicesAfter = async (name: string, body: object) => {
      expect((await post(name, body)).status).toBe(204);
      return (await reader.next('state')).data;
    };
    const device = { deviceId: 'my-phone', platform: 'apns', locale: 'fr', voip: true };
    await reader.next('state');
    expect(await devicesAfter('device', device)).toMatchObject({
      devices: [{ deviceId: 'my-phone', platform: 'apns', locale: 'fr', online: true, waiting: 0 }],
    });
    expect(await devicesAfter('phone', { deviceId: 'my-phone', online: false })).toMatchObject({
      devices: [{ online: false }],
    });
    const plain = await devicesAfter('device', { ...device, locale: '', voip: false });
    expect(plain).toMatchObject({ devices: [{ deviceId: 'my-phone', online: false }] });
    expect(JSON.stringify(plain)).not.toMatch(/voipHandle|locale":"fr/);
    expect(await devicesAfter('device-removal', { deviceId: 'my-phone' })).toMatchObject({ devices: [] });
  });

  it('are rejected with the message of the device API', async () => {
    const { post } = await startTestInspector('inspector');
    const body = { deviceId: 'd', platform: 'fcmv1', locale: 'Swedish!', voip: false };
    const response = await post('device', body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('locale is no BCP 47 tag');
    expect((await post('phone', { deviceId: 'd', online: true })).status).toBe(404);
    expect((await post('no-such-action', {})).status).toBe(404);
  });
});

describe('deliveries', () => {
  it('are also recorded at the webhook, but not handshakes and other Functions', async () => {
    const { hostUrl, stream } = await startTestInspector('inspector');
    const reader = await stream();
    const post = (path: string, body: string, headers = {}) =>
      fetch(`${hostUrl}${path}`, { method: 'POST', body, headers });
    await post('/api/other', '{"id":"not an event"}');
    await post('/api/events', '[{"id":"handshake"}]', { 'aeg-event-type': 'SubscriptionValidation' });
    await post('/api/events', '[{"id":"e1"},{"id":"e2"}]');
    expect(await reader.next('entries')).toMatchObject({
      data: [{ kind: 'delivery', functionName: 'events', event: { id: 'e1' } }],
    });
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'delivery', event: { id: 'e2' } }] });
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'answer', status: 200 }] });
    await reader.next('entries');
    await post('/api/events', 'no json');
    expect(await reader.next('entries')).toMatchObject({ data: [{ kind: 'delivery', event: 'no json' }] });
  });
});
