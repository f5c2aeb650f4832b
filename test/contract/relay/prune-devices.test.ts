import { describe, expect, it } from 'vitest';
import { pruneDevices } from '../../../src/app/prune-devices.ts';
import type { RelayConfig } from '../../../src/config/relay-config.ts';
import { createDeviceRegistry } from '../../../src/devices/device-registry.ts';
import { RelayError } from '../../../src/errors/errors.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { tableStores } from '../../support/table-stores.ts';
import { feedbackDocument } from '../notification-hubs/feedback/feedback-document.ts';
import { openFeedbackContainer } from '../notification-hubs/feedback/open-feedback-container.ts';
import {
  type FeedbackAnswer,
  type FeedbackHub,
  hubNowMs,
  startFeedbackHub,
} from '../notification-hubs/feedback/start-feedback-hub.ts';

const ada = '8:acs:11111111-0000-0000-0000-000000000000_ada';
const h1 = 'a1'.repeat(32);
const h2 = 'b2'.repeat(32);
const v1 = 'c3'.repeat(32);
const f1 = `fcm:${'d'.repeat(40)}`;
const evidence = '2026-11-22T08:30:00.0000000Z';
const evidenceMs = Date.UTC(2026, 10, 22, 8, 30);

/** A registry on Azurite, with what the run logs. */
function openAll(fail?: () => void) {
  const [, azurite] = tableStores;
  if (azurite === undefined) throw new Error('there is no Azurite');
  const handles = azurite.open();
  const time = { nowMs: hubNowMs };
  const registry = createDeviceRegistry({
    devices: azurite.open(),
    handles: fail === undefined ? handles : breakableTableStore(handles, { before: fail }),
    expiries: createMemoryTableService(),
    clock: () => time.nowMs,
    deviceTtlMs: 180 * 24 * 3_600_000,
    devicesPerUser: 25,
  });
  const lines: (readonly [string, string, Readonly<Record<string, unknown>>])[] = [];
  const register = (deviceId: string, handle: string, registeredAtMs: number, voipHandle?: string) => {
    time.nowMs = registeredAtMs;
    const platform = handle === f1 ? ('fcmv1' as const) : ('apns' as const);
    return registry.register(ada, deviceId, {
      platform,
      handle,
      ...(voipHandle === undefined ? {} : { voipHandle }),
    });
  };
  const run = (config: Pick<RelayConfig, 'alertHub' | 'voipHub'>) => {
    time.nowMs = hubNowMs;
    return pruneDevices({
      config,
      prune: registry.prune,
      clock: () => hubNowMs,
      log: (level, event, fields) => {
        lines.push([level, event, { ...fields }]);
        // The hubs are asked side by side, so the order of their lines says nothing.
        lines.sort(([, , one], [, , other]) => String(one['hub']).localeCompare(String(other['hub'])));
      },
      budgetMs: 30_000,
    });
  };
  const deviceIds = async () => (await registry.list(ada)).map(({ deviceId }) => deviceId);
  return { registry, register, run, lines, deviceIds };
}

const alert = ({ hub }: FeedbackHub) => ({ alertHub: { primary: hub('relay') } });

async function containerWith(...documents: readonly string[]) {
  const container = await openFeedbackContainer();
  await container.put('11222026', documents.join(''));
  return container;
}

const counts = { read: 0, skipped: 0, dead: 0, removed: 0, kept: 0, unknown: 0, left: 0, suspect: 0 };

describe('pruning by the feedback of the hubs', () => {
  it('removes devices registered before the evidence, and keeps those registered at it or later', async () => {
    const all = openAll();
    await all.register('before', h1, evidenceMs - 1);
    await all.register('at', h2, evidenceMs);
    await all.register('after', f1, evidenceMs + 1);
    const { url } = await containerWith(
      feedbackDocument({ handle: h1.toUpperCase(), time: evidence }),
      feedbackDocument({ handle: h2, time: evidence }),
      feedbackDocument({ handle: f1, time: evidence, platform: 'fcmv1' }),
      feedbackDocument({ handle: 'e5'.repeat(32), time: evidence }),
      '<PnsFeedback><FeedbackTime>',
    );
    const hub = await startFeedbackHub({ relay: { status: 200, body: url } });
    await all.run(alert(hub));
    expect(await all.deviceIds()).toEqual(['after', 'at']);
    expect(all.lines).toEqual([
      [
        'info',
        'prune',
        {
          ...counts,
          hub: 'alert',
          outcome: 'pruned',
          read: 4,
          skipped: 1,
          dead: 4,
          removed: 1,
          kept: 2,
          unknown: 1,
        },
      ],
    ]);

    // A second run reads the same and changes nothing.
    await all.run(alert(hub));
    expect(await all.deviceIds()).toEqual(['after', 'at']);
    expect(all.lines[1]).toMatchObject(['info', 'prune', { dead: 4, removed: 0, kept: 2, unknown: 2 }]);
  });

  it('keeps a device that was renewed with the same handle after the evidence', async () => {
    const all = openAll();
    await all.register('phone', h1, evidenceMs - 60_000);
    await all.register('phone', h1, evidenceMs + 1);
    const { url } = await containerWith(feedbackDocument({ handle: h1, time: evidence }));
    await all.run(alert(await startFeedbackHub({ relay: { status: 200, body: url } })));
    expect(await all.deviceIds()).toEqual(['phone']);
  });

  it('counts a handle once, by its latest evidence', async () => {
    const all = openAll();
    await all.register('phone', h1, evidenceMs);
    const { url } = await containerWith(
      feedbackDocument({ handle: h1, time: '2026-11-22T08:30:00.0010000Z' }),
      feedbackDocument({ handle: h1, time: evidence }),
      feedbackDocument({ handle: h1, time: '2026-11-22T08:29:00Z' }),
    );
    await all.run(alert(await startFeedbackHub({ relay: { status: 200, body: url } })));
    expect(await all.deviceIds()).toEqual([]);
    expect(all.lines).toMatchObject([['info', 'prune', { read: 3, dead: 1, removed: 1 }]]);
  });

  it('removes a VoIP handle and keeps the device', async () => {
    const all = openAll();
    await all.register('phone', h1, evidenceMs - 1, v1);
    const { url } = await containerWith(feedbackDocument({ handle: v1, time: evidence }));
    const { hub } = await startFeedbackHub({
      relay: { status: 403 },
      'relay-voip': { status: 200, body: url },
    });
    await all.run({ alertHub: { primary: hub('relay') }, voipHub: { primary: hub('relay-voip') } });
    expect(await all.registry.get(ada, 'phone')).toMatchObject({ handle: h1 });
    expect(await all.registry.get(ada, 'phone')).not.toHaveProperty('voipHandle');
    expect(all.lines).toEqual([
      ['info', 'prune', { hub: 'alert', outcome: 'not-offered', status: 403 }],
      ['info', 'prune', { ...counts, hub: 'voip', outcome: 'pruned', read: 1, dead: 1, removed: 1 }],
    ]);
  });

  it('asks every configured hub, even after one has failed', async () => {
    const all = openAll();
    await all.register('one', h1, evidenceMs - 1);
    await all.register('two', f1, evidenceMs - 1);
    const first = await containerWith(feedbackDocument({ handle: h1, time: evidence }));
    const last = await containerWith(feedbackDocument({ handle: f1, time: evidence, platform: 'gcm' }));
    const { hub } = await startFeedbackHub({
      b: { status: 200, body: first.url },
      d: { status: 200, body: last.url },
    });
    await all.run({
      alertHub: { primary: hub('a'), secondary: hub('b') },
      voipHub: { primary: hub('c', 'wrong'), secondary: hub('d') },
    });
    expect(await all.deviceIds()).toEqual([]);
    expect(all.lines).toMatchObject([
      ['error', 'prune', { hub: 'alert', outcome: 'misconfigured', detail: 'HTTP 404' }],
      ['info', 'prune', { hub: 'alert-secondary', outcome: 'pruned', removed: 1 }],
      ['error', 'prune', { hub: 'voip', outcome: 'misconfigured', detail: 'HTTP 401' }],
      ['info', 'prune', { hub: 'voip-secondary', outcome: 'pruned', removed: 1 }],
    ]);
  });

  it.each([
    'BadChannel',
    'WrongToken',
    'InvalidCredentials',
    'Throttled',
    'PnsUnavailable',
    'PnsServerError',
    'DroppedMessage',
    'UnknownError',
  ])('removes no device for %s', async (error) => {
    const all = openAll();
    await all.register('phone', h1, evidenceMs - 1, v1);
    const { url } = await containerWith(
      feedbackDocument({ handle: h1, error }),
      feedbackDocument({ handle: v1, error }),
    );
    await all.run(alert(await startFeedbackHub({ relay: { status: 200, body: url } })));
    expect(await all.registry.get(ada, 'phone')).toMatchObject({ handle: h1, voipHandle: v1 });
    const suspect = error === 'BadChannel' || error === 'WrongToken' ? 2 : 0;
    expect(all.lines).toEqual([
      ['info', 'prune', { ...counts, hub: 'alert', outcome: 'pruned', read: 2, suspect }],
    ]);
  });

  it('removes no device by evidence of another platform, of the future, or older than two days', async () => {
    const all = openAll();
    const longAgo = hubNowMs - 48 * 3_600_000;
    await all.register('one', h1, longAgo - 1);
    await all.register('two', h2, longAgo - 1);
    await all.register('three', f1, longAgo - 1);
    const { url } = await containerWith(
      feedbackDocument({ handle: h1, platform: 'windows' }),
      feedbackDocument({ handle: h2, time: '2026-11-22T09:00:00.0010000Z' }),
      feedbackDocument({ handle: f1, time: new Date(longAgo).toISOString() }),
    );
    await all.run(alert(await startFeedbackHub({ relay: { status: 200, body: url } })));
    expect(all.lines).toMatchObject([['info', 'prune', { read: 3, skipped: 1, dead: 0, removed: 0 }]]);
    expect(await all.deviceIds()).toEqual(['one', 'three', 'two']);
  });

  it.each<readonly [string, FeedbackAnswer, string, object]>([
    ['a tier without feedback', { status: 403 }, 'info', { outcome: 'not-offered', status: 403 }],
    [
      'a throttled hub',
      { status: 403, headers: { 'retry-after': '10' } },
      'warn',
      { outcome: 'throttled', status: 403 },
    ],
    ['a hub that fails', { status: 500 }, 'warn', { outcome: 'unavailable', detail: 'HTTP 500' }],
    ['a wrong key', { status: 401 }, 'error', { outcome: 'misconfigured', detail: 'HTTP 401' }],
    ['a wrong hub name', { status: 404 }, 'error', { outcome: 'misconfigured', detail: 'HTTP 404' }],
    [
      'a hub that hangs up',
      (request) => request.socket.destroy(),
      'warn',
      { outcome: 'unavailable', detail: 'no answer (UND_ERR_SOCKET)' },
    ],
  ])('removes no device for %s', async (_what, answer, level, fields) => {
    const all = openAll();
    await all.register('phone', h1, evidenceMs - 1, v1);
    await all.run(alert(await startFeedbackHub({ relay: answer })));
    expect(await all.registry.get(ada, 'phone')).toMatchObject({ handle: h1, voipHandle: v1 });
    expect(all.lines).toEqual([[level, 'prune', { hub: 'alert', ...fields }]]);
  });

  it('reports what is left when storage fails, and then fails', async () => {
    const broken = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });
    let down = false;
    const all = openAll(() => {
      if (down) throw broken;
    });
    await all.register('phone', h1, evidenceMs - 1);
    down = true;
    const { url } = await containerWith(
      feedbackDocument({ handle: h1, time: evidence }),
      feedbackDocument({ handle: h2, time: evidence }),
    );
    const { hub } = await startFeedbackHub({ relay: { status: 200, body: url }, second: { status: 403 } });
    await expect(all.run({ alertHub: { primary: hub('relay'), secondary: hub('second') } })).rejects.toBe(
      broken,
    );
    expect(all.lines).toEqual([
      ['warn', 'prune', { ...counts, hub: 'alert', outcome: 'pruned', read: 2, dead: 2, left: 2 }],
      ['info', 'prune', { hub: 'alert-secondary', outcome: 'not-offered', status: 403 }],
    ]);
    down = false;
    expect(await all.deviceIds()).toEqual(['phone']);
  });

  it('logs no handle, no key and no signature', async () => {
    const all = openAll();
    await all.register('phone', h1, evidenceMs - 1, v1);
    const { url } = await containerWith(
      feedbackDocument({ handle: h1, time: evidence }),
      feedbackDocument({ handle: v1, time: evidence, error: `${h2}` }),
    );
    const quoting = (handle: string) => `<Error><Code>400</Code><Detail>Bad ${handle}</Detail></Error>`;
    const { hub } = await startFeedbackHub({
      a: { status: 200, body: url },
      b: { status: 500, body: quoting(h1) },
      c: { status: 200, body: `http://10.0.0.1/x/y?sig=secret&h=${h1}` },
      d: { status: 400, body: quoting('feedback-test-key=') },
    });
    await all.run({
      alertHub: { primary: hub('a'), secondary: hub('b') },
      voipHub: { primary: hub('c'), secondary: hub('d') },
    });
    const written = JSON.stringify(all.lines);
    expect(all.lines).toHaveLength(4);
    for (const secret of [h1, h2, v1, 'feedback-test-key', 'sig=', ada])
      expect(written).not.toContain(secret);
  });
});
