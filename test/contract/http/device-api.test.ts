import type { HttpRequest } from '@azure/functions';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { createCallerAuthenticator } from '../../../src/http/authentication.ts';
import { createDeviceApi } from '../../../src/http/device-api.ts';
import { createAzureTableStore } from '../../../src/storage/azure-table-store.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import type { TableStore } from '../../../src/storage/tables.ts';
import type { Logger } from '../../../src/telemetry/logger.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { deviceRequest, httpRequest, wireText } from '../../support/http-request.ts';
import { openRegistry, startMs } from '../../support/open-registry.ts';
import { randomStorageName } from '../../support/random-storage-name.ts';
import { startStorageProxy } from '../../support/start-storage-proxy.ts';

const ada = '8:acs:11111111-0000-0000-0000-000000000000_ada';
const bob = '4:+46701234567';
const phone = { userId: ada, deviceId: 'phone' };
const apns = { platform: 'apns', handle: 'a1b2'.repeat(16), voipHandle: 'c3d4'.repeat(16), locale: 'sv' };
const fcm = { platform: 'fcmv1', handle: 'dQw4w9WgXcQ:APA91bHxxxxxxxxxxx' };
const noStore = { 'cache-control': 'no-store' };

function azureTable(connectionString = inject('azurite'), tries = 3): TableStore {
  const settings = { kind: 'connection-string', connectionString } as const;
  return createAzureTableStore(settings, randomStorageName(), { tryTimeoutMs: 15_000, pauseMs: 1, tries });
}

function openApi(devices: TableStore, handles: TableStore) {
  const { registry, time } = openRegistry(devices, handles);
  const logged: unknown[] = [];
  const authenticate = createCallerAuthenticator(undefined, () => time.nowMs);
  const logger: Logger = (...line) => void logged.push(line);
  const api = createDeviceApi({ registry, authenticate });
  return {
    devices: (request: HttpRequest) => api.devices(request, logger),
    users: (request: HttpRequest) => api.users(request, logger),
    time,
    logged,
  };
}

describe('the device API on Azure Tables', () => {
  let api: ReturnType<typeof openApi>;
  beforeEach(() => {
    api = openApi(azureTable(), azureTable());
  });

  it('registers, renews, shows, lists and removes a device', async () => {
    const shown = {
      deviceId: 'phone',
      platform: 'apns',
      handle: 'a1b2… (64 characters)',
      voipHandle: 'c3d4… (64 characters)',
      locale: 'sv',
      registeredAt: '2026-10-30T09:00:00.000Z',
      expiresAt: '2026-10-30T09:16:40.000Z',
    };
    expect(new Date(startMs).toISOString()).toBe('2026-10-30T09:00:00.000Z');
    expect(await api.devices(deviceRequest('PUT', phone, apns))).toEqual({
      status: 201,
      headers: noStore,
      jsonBody: shown,
    });
    expect(await api.devices(deviceRequest('GET', phone))).toEqual({
      status: 200,
      headers: noStore,
      jsonBody: shown,
    });

    api.time.nowMs += 60_000;
    const renewed = {
      ...shown,
      registeredAt: '2026-10-30T09:01:00.000Z',
      expiresAt: '2026-10-30T09:17:40.000Z',
    };
    expect(await api.devices(deviceRequest('PUT', phone, apns))).toEqual({
      status: 200,
      headers: noStore,
      jsonBody: renewed,
    });
    await api.devices(deviceRequest('PUT', { userId: ada, deviceId: 'android' }, fcm));
    expect((await api.devices(deviceRequest('GET', { userId: ada }))).jsonBody).toEqual({
      devices: [expect.objectContaining({ deviceId: 'android', handle: 'dQw4… (30 characters)' }), renewed],
    });

    expect(await api.devices(deviceRequest('DELETE', phone))).toEqual({ status: 204, headers: noStore });
    expect(await api.devices(deviceRequest('DELETE', phone))).toMatchObject({
      status: 404,
      jsonBody: { error: { code: 'DEVICE_NOT_FOUND', problems: [] } },
    });
    expect(await api.devices(deviceRequest('GET', phone))).toMatchObject({ status: 404 });
  });

  it('moves a handle to the second user and erases a user', async () => {
    await api.devices(deviceRequest('PUT', phone, apns));
    await api.devices(deviceRequest('PUT', { userId: bob, deviceId: 'phone' }, apns));
    expect((await api.devices(deviceRequest('GET', { userId: ada }))).jsonBody).toEqual({ devices: [] });
    expect(await api.users(deviceRequest('DELETE', { userId: bob }))).toEqual({
      status: 204,
      headers: noStore,
    });
    expect((await api.devices(deviceRequest('GET', { userId: bob }))).jsonBody).toEqual({ devices: [] });
    expect(await api.users(deviceRequest('DELETE', { userId: bob }))).toMatchObject({ status: 204 });
  });

  it('returns 503 with Retry-After while storage is down and recovers afterwards', async () => {
    const proxy = await startStorageProxy(inject('azurite'), 'Table');
    try {
      const broken = openApi(azureTable(proxy.connectionString, 1), azureTable());
      const acts = [
        () => broken.devices(deviceRequest('PUT', phone, apns)),
        () => broken.devices(deviceRequest('GET', phone)),
        () => broken.devices(deviceRequest('DELETE', phone)),
        () => broken.devices(deviceRequest('GET', { userId: ada })),
        () => broken.users(deviceRequest('DELETE', { userId: ada })),
      ];
      for (const act of acts) {
        proxy.faults.push('reset-before');
        const answer = await act();
        expect(answer).toMatchObject({
          status: 503,
          headers: { 'retry-after': '5', 'cache-control': 'no-store' },
          jsonBody: { error: { code: 'STORAGE_UNAVAILABLE' } },
        });
        expect(wireText(answer)).not.toContain('ada');
      }
      expect(broken.logged).toHaveLength(5);
      expect(broken.logged[0]).toEqual([
        'error',
        'device-api-failed',
        { code: 'STORAGE_UNAVAILABLE', error: 'RelayError', detail: expect.stringContaining('Storage') },
      ]);
      expect(JSON.stringify(broken.logged)).not.toContain(apns.handle);
      expect(await broken.devices(deviceRequest('PUT', phone, apns))).toMatchObject({ status: 201 });
    } finally {
      await proxy.stop();
    }
  });
});

describe('the device API on memory tables', () => {
  const api = openApi(createMemoryTableStore(), createMemoryTableStore());

  it.each<[string, string, Record<string, string>, unknown, number, string]>([
    ['no user', 'GET', {}, undefined, 400, 'USER_ID_INVALID'],
    ['an unknown kind of user', 'GET', { userId: 'ada' }, undefined, 400, 'USER_ID_INVALID'],
    ['a user id with a slash', 'PUT', { userId: '8:acs:a/b', deviceId: 'd' }, apns, 400, 'USER_ID_INVALID'],
    [
      'a long user id',
      'DELETE',
      { userId: `8:acs:${'x'.repeat(300)}`, deviceId: 'd' },
      undefined,
      400,
      'USER_ID_INVALID',
    ],
    ['an empty device id', 'GET', { userId: ada, deviceId: '' }, undefined, 400, 'DEVICE_ID_INVALID'],
    ['a device id with a blank', 'PUT', { userId: ada, deviceId: 'a b' }, apns, 400, 'DEVICE_ID_INVALID'],
    [
      'a long device id',
      'DELETE',
      { userId: ada, deviceId: 'x'.repeat(129) },
      undefined,
      400,
      'DEVICE_ID_INVALID',
    ],
    ['no body', 'PUT', phone, undefined, 400, 'REQUEST_EMPTY'],
    ['an empty body', 'PUT', phone, '', 400, 'REQUEST_EMPTY'],
    ['half a body', 'PUT', phone, '{"platform":"ap', 400, 'REQUEST_NOT_JSON'],
    ['a form', 'PUT', phone, 'platform=apns', 400, 'REQUEST_NOT_JSON'],
    ['an array', 'PUT', phone, [apns], 400, 'DEVICE_INVALID'],
    ['no handle', 'PUT', phone, { platform: 'apns' }, 400, 'DEVICE_INVALID'],
    ['a large body', 'PUT', phone, { ...apns, x: 'x'.repeat(16_384) }, 413, 'REQUEST_TOO_LARGE'],
    ['POST', 'POST', phone, apns, 405, 'METHOD_NOT_ALLOWED'],
    ['PATCH', 'PATCH', phone, apns, 405, 'METHOD_NOT_ALLOWED'],
    ['PUT of the list', 'PUT', { userId: ada }, apns, 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE of the list', 'DELETE', { userId: ada }, undefined, 405, 'METHOD_NOT_ALLOWED'],
    ['a device that is not there', 'GET', phone, undefined, 404, 'DEVICE_NOT_FOUND'],
  ])(
    'returns a status, a code and no value of the request for %s',
    async (_name, method, params, body, status, code) => {
      const answer = await api.devices(deviceRequest(method, params, body));
      expect(answer).toMatchObject({
        status,
        headers: noStore,
        jsonBody: { error: { code, message: expect.stringMatching(/\S/), problems: expect.any(Array) } },
      });
      expect(wireText(answer)).not.toMatch(/_ada|a1b2a1b2|xxxx/);
    },
  );

  it('lists all problems of a registration in one response', async () => {
    const answer = await api.devices(
      deviceRequest('PUT', phone, { platform: 'apns', handle: 'x', locale: '?', token: 1 }),
    );
    expect(answer.jsonBody).toEqual({
      error: {
        code: 'DEVICE_INVALID',
        message: 'The registration is invalid. See "problems".',
        problems: [
          'unknown fields: token',
          'handle must be an even number of hex digits, 64 to 200 (it has 1 characters)',
          'locale must be a BCP 47 tag of at most 35 characters, such as "sv" or "zh-Hans-CN"',
        ],
      },
    });
  });

  it.each([
    ['device', () => api.devices(deviceRequest('POST', phone)), 'GET, PUT, DELETE'],
    ['list', () => api.devices(deviceRequest('POST', { userId: ada })), 'GET'],
    ['user', () => api.users(deviceRequest('GET', { userId: ada })), 'DELETE'],
  ])('lists the allowed methods for the URL of a %s', async (_name, act, allow) => {
    expect(await act()).toMatchObject({ status: 405, headers: { allow } });
  });

  it('rejects a body that is not UTF-8', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    expect(await api.devices(httpRequest('PUT', { params: phone, body: { bytes } }))).toMatchObject({
      status: 400,
      jsonBody: { error: { code: 'REQUEST_NOT_JSON' } },
    });
  });

  it('accepts a body of exactly 16,384 bytes', async () => {
    const padded = JSON.stringify(fcm).padEnd(16_384, ' ');
    expect(await api.devices(deviceRequest('PUT', { userId: bob, deviceId: 'd' }, padded))).toMatchObject({
      status: 201,
    });
    expect(
      await api.devices(deviceRequest('PUT', { userId: bob, deviceId: 'd' }, `${padded} `)),
    ).toMatchObject({ status: 413 });
  });

  it('trusts a large Content-Length but not a small one', async () => {
    expect(
      await api.devices(deviceRequest('PUT', phone, apns, { 'content-length': '999999' })),
    ).toMatchObject({ status: 413 });
    const large = { ...apns, x: 'x'.repeat(20_000) };
    expect(await api.devices(deviceRequest('PUT', phone, large, { 'content-length': '10' }))).toMatchObject({
      status: 413,
    });
  });

  it('returns 500 with nothing but a code for an unexpected error', async () => {
    const broken = breakableTableStore(createMemoryTableStore(), {
      before: () => {
        throw new TypeError('secret detail');
      },
    });
    const failing = openApi(broken, createMemoryTableStore());
    const answer = await failing.devices(deviceRequest('GET', phone));
    expect(answer).toMatchObject({ status: 500, jsonBody: { error: { code: 'INTERNAL' } } });
    expect(wireText(answer) + JSON.stringify(failing.logged)).not.toContain('secret detail');
    expect(failing.logged).toEqual([
      ['error', 'device-api-failed', { code: 'INTERNAL', error: 'TypeError' }],
    ]);
  });
});
