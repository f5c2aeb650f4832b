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

const ADA = '8:acs:11111111-0000-0000-0000-000000000000_ada';
const H1 = 'a1'.repeat(32);
const H2 = 'b2'.repeat(32);
const V1 = 'c3'.repeat(32);
const F1 = `fcm:${'d'.repeat(40)}`;
const EVIDENCE = '2026-11-22T08:30:00.0000000Z';
const EVIDENCE_MS = Date.UTC(2026, 10, 22, 8, 30);

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
  const lines: unknown[] = [];
  const register = (deviceId: string, handle: string, registeredAtMs: number, voipHandle?: string) => {
    time.nowMs = registeredAtMs;
    const platform = handle === F1 ? ('fcmv1' as const) : ('apns' as const);
    return registry.register(ADA, deviceId, {
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
      log: (level, event, fields) => lines.push([level, event, { ...fields }]),
      budgetMs: 30_000,
    });
  };
  const deviceIds = async () => (await registry.list(ADA)).map(({ deviceId }) => deviceId);
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
    await all.register('before', H1, EVIDENCE_MS - 1);
    await all.register('at', H2, EVIDENCE_MS);
    await all.register('after', F1, EVIDENCE_MS + 1);
    const { url } = await containerWith(
      feedbackDocument({ handle: H1.toUpperCase(), time: EVIDENCE }),
      feedbackDocument({ handle: H2, time: EVIDENCE }),
      feedbackDocument({ handle: F1, time: EVIDENCE, platform: 'fcmv1' }),
      feedbackDocument({ handle: 'e5'.repeat(32), time: EVIDENCE }),
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
    await all.register('phone', H1, EVIDENCE_MS - 60_000);
    await all.register('phone', H1, EVIDENCE_MS + 1);
    const { url } = await containerWith(feedbackDocument({ handle: H1, time: EVIDENCE }));
    await all.run(alert(await startFeedbackHub({ relay: { status: 200, body: url } })));
    expect(await all.deviceIds()).toEqual(['phone']);
  });

  it('counts a handle once, by its latest evidence', async () => {
    const all = openAll();
    await all.register('phone', H1, EVIDENCE_MS);
    const { url } = await containerWith(
      feedbackDocument({ handle: H1, time: '2026-11-22T08:30:00.0010000Z' }),
      feedbackDocument({ handle: H1, time: EVIDENCE }),
      feedbackDocument({ handle: H1, time: '2026-11-22T08:29:00Z' }),
    );
    await all.run(alert(await startFeedbackHub({ relay: { status: 200, body: url } })));
    expect(await all.deviceIds()).toEqual([]);
    expect(all.lines).toMatchObject([['info', 'prune', { read: 3, dead: 1, removed: 1 }]]);
  });

  it('removes a VoIP handle and keeps the device', async () => {
    const all = openAll();
    await all.register('phone', H1, EVIDENCE_MS - 1, V1);
    const { url } = await containerWith(feedbackDocument({ handle: V1, time: EVIDENCE }));
    const { hub } = await startFeedbackHub({
      relay: { status: 403 },
      'relay-voip': { status: 200, body: url },
    });
    await all.run({ alertHub: { primary: hub('relay') }, voipHub: { primary: hub('relay-voip') } });
    expect(await all.registry.get(ADA, 'phone')).toMatchObject({ handle: H1 });
    expect(await all.registry.get(ADA, 'phone')).not.toHaveProperty('voipHandle');
    expect(all.lines).toEqual([
      ['info', 'prune', { hub: 'alert', outcome: 'not-offered', status: 403 }],
      ['info', 'prune', { ...counts, hub: 'voip', outcome: 'pruned', read: 1, dead: 1, removed: 1 }],
    ]);
  });

  it('asks every configured hub, even after one has failed', async () => {
    const all = openAll();
    await all.register('one', H1, EVIDENCE_MS - 1);
    await all.register('two', F1, EVIDENCE_MS - 1);
    const first = await containerWith(feedbackDocument({ handle: H1, time: EVIDENCE }));
    const last = await containerWith(feedbackDocument({ handle: F1, time: EVIDENCE, platform: 'gcm' }));
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
    await all.register('phone', H1, EVIDENCE_MS - 1, V1);
    const { url } = await containerWith(
      feedbackDocument({ handle: H1, error }),
      feedbackDocument({ handle: V1, error }),
    );
    await all.run(alert(await startFeedbackHub({ relay: { status: 200, body: url } })));
    expect(await all.registry.get(ADA, 'phone')).toMatchObject({ handle: H1, voipHandle: V1 });
    const suspect = error === 'BadChannel' || error === 'WrongToken' ? 2 : 0;
    expect(all.lines).toEqual([
      ['info', 'prune', { ...counts, hub: 'alert', outcome: 'pruned', read: 2, suspect }],
    ]);
  });

  it('removes no device by evidence of another platform, of the future, or older than two days', async () => {
    const all = openAll();
    const longAgo = hubNowMs - 48 * 3_600_000;
    await all.register('one', H1, longAgo - 1);
    await all.register('two', H2, longAgo - 1);
    await all.register('three', F1, longAgo - 1);
    const { url } = await containerWith(
      feedbackDocument({ handle: H1, platform: 'windows' }),
      feedbackDocument({ handle: H2, time: '2026-11-22T09:00:00.0010000Z' }),
      feedbackDocument({ handle: F1, time: new Date(longAgo).toISOString() }),
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
    await all.register('phone', H1, EVIDENCE_MS - 1, V1);
    await all.run(alert(await startFeedbackHub({ relay: answer })));
    expect(await all.registry.get(ADA, 'phone')).toMatchObject({ handle: H1, voipHandle: V1 });
    expect(all.lines).toEqual([[level, 'prune', { hub: 'alert', ...fields }]]);
  });

  it('reports what is left when storage fails, and then fails', async () => {
    const broken = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });
    let down = false;
    const all = openAll(() => {
      if (down) throw broken;
    });
    await all.register('phone', H1, EVIDENCE_MS - 1);
    down = true;
    const { url } = await containerWith(
      feedbackDocument({ handle: H1, time: EVIDENCE }),
      feedbackDocument({ handle: H2, time: EVIDENCE }),
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
    await all.register('phone', H1, EVIDENCE_MS - 1, V1);
    const { url } = await containerWith(
      feedbackDocument({ handle: H1, time: EVIDENCE }),
      feedbackDocument({ handle: V1, time: EVIDENCE, error: `${H2}` }),
    );
    const quoting = (handle: string) => `<Error><Code>400</Code><Detail>Bad ${handle}</Detail></Error>`;
    const { hub } = await startFeedbackHub({
      a: { status: 200, body: url },
      b: { status: 500, body: quoting(H1) },
      c: { status: 200, body: `http://10.0.0.1/x/y?sig=secret&h=${H1}` },
      d: { status: 400, body: quoting('feedback-test-key=') },
    });
    await all.run({
      alertHub: { primary: hub('a'), secondary: hub('b') },
      voipHub: { primary: hub('c'), secondary: hub('d') },
    });
    const written = JSON.stringify(all.lines);
    expect(all.lines).toHaveLength(4);
    for (const secret of [H1, H2, V1, 'feedback-test-key', 'sig=', ADA])
      expect(written).not.toContain(secret);
  });
});
