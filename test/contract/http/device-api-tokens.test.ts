import type { HttpRequest } from '@azure/functions';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCallerAuthenticator } from '../../../src/http/authentication.ts';
import { createDeviceApi } from '../../../src/http/device-api.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import { deviceRequest, wireText } from '../../support/http-request.ts';
import { openRegistry, startMs } from '../../support/open-registry.ts';
import { type JwksServer, type SignOptions, startJwksServer } from '../../support/start-jwks-server.ts';

const ada = '8:acs:r_ada';
const nowSeconds = startMs / 1000;
const good = { iss: 'https://id.test/', aud: 'relay', exp: nowSeconds + 3_600, acsUser: ada };
let jwks: JwksServer;
let api: ReturnType<typeof open>;

beforeAll(async () => {
  jwks = await startJwksServer();
});
afterAll(() => jwks.stop());
beforeEach(() => {
  jwks.broken = undefined;
  api = open();
});

function open(jwksUrl = jwks.jwksUrl) {
  const { registry, time } = openRegistry(createMemoryTableStore(), createMemoryTableStore());
  const settings = { issuer: 'https://id.test/', audience: 'relay', jwksUrl, userClaim: 'acsUser' };
  const authenticate = createCallerAuthenticator(settings, () => time.nowMs);
  const api = createDeviceApi({ registry, authenticate });
  return {
    devices: (request: HttpRequest) => api.devices(request, () => undefined),
    users: (request: HttpRequest) => api.users(request, () => undefined),
  };
}

function list(authorization: string | undefined, userId = ada) {
  const headers = authorization === undefined ? {} : { authorization };
  return api.devices(deviceRequest('GET', { userId }, undefined, headers));
}

const without = (name: keyof typeof good) =>
  Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));

describe('a bearer token', () => {
  it.each<[string, object, SignOptions]>([
    ['RS256', good, {}],
    ['ES256', good, { alg: 'ES256' }],
    ['an audience among others', { ...good, aud: ['other', 'relay'] }, {}],
    ['expired 59 seconds ago', { ...good, exp: nowSeconds - 59 }, {}],
    ['valid in 60 seconds', { ...good, nbf: nowSeconds + 60 }, {}],
  ])('is accepted: %s', async (_name, claims, options) => {
    expect(await list(`Bearer ${await jwks.sign({ ...claims }, options)}`)).toMatchObject({ status: 200 });
  });

  it('is accepted with its scheme in any case', async () => {
    expect(await list(`bearer  ${await jwks.sign(good)}`)).toMatchObject({ status: 200 });
  });

  it.each<[string, object, SignOptions]>([
    ['another issuer', { ...good, iss: 'https://evil.test/' }, {}],
    ['no issuer', without('iss'), {}],
    ['another audience', { ...good, aud: 'other' }, {}],
    ['no audience', without('aud'), {}],
    ['no expiry', without('exp'), {}],
    ['expired 60 seconds ago', { ...good, exp: nowSeconds - 60 }, {}],
    ['valid in 61 seconds', { ...good, nbf: nowSeconds + 61 }, {}],
    ['a text as expiry', { ...good, exp: 'never' }, {}],
    ['a key that was not published', good, { foreignKey: true }],
    ['an unknown key id', good, { kid: 'unknown' }],
    ['the key id of another algorithm', good, { alg: 'ES256', kid: 'RS256' }],
  ])('is rejected with 401: %s', async (_name, claims, options) => {
    const answer = await list(`Bearer ${await jwks.sign({ ...claims }, options)}`);
    expect(answer).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer error="invalid_token"', 'cache-control': 'no-store' },
      jsonBody: { error: { code: 'CALLER_UNAUTHENTICATED' } },
    });
  });

  it('is rejected when it is signed with a shared secret or unsigned', async () => {
    const secret = new TextEncoder().encode('x'.repeat(64));
    const shared = await new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid: 'RS256' }).sign(secret);
    expect(await list(`Bearer ${shared}`)).toMatchObject({ status: 401 });
    expect(await list(`Bearer ${new UnsecuredJWT(good).encode()}`)).toMatchObject({ status: 401 });
  });

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer a.b.c',
    'Basic YWRhOmFkYQ==',
    'Bearer a b',
    `Bearer ${'x.'.repeat(5_000)}`,
  ])('is rejected when it is malformed: %#', async (authorization) => {
    expect(await list(authorization)).toMatchObject({ status: 401 });
  });

  it('is required before anything else in the request is checked', async () => {
    const challenge = { status: 401, headers: { 'www-authenticate': 'Bearer' } };
    expect(await list(undefined)).toMatchObject(challenge);
    expect(await list(undefined, 'not a user')).toMatchObject(challenge);
    expect(await api.users(deviceRequest('DELETE', { userId: ada }))).toMatchObject(challenge);
    expect(await api.devices(deviceRequest('PUT', { userId: ada, deviceId: 'd' }, '{'))).toMatchObject(
      challenge,
    );
  });

  it.each<[string, object]>([
    ['another user', { ...good, acsUser: '8:acs:r_bob' }],
    ['another case', { ...good, acsUser: '8:acs:r_ADA' }],
    ['no user', without('acsUser')],
    ['a number as user', { ...good, acsUser: 7 }],
    ['a list of users', { ...good, acsUser: [ada] }],
    ['an unusable user', { ...good, acsUser: 'ada' }],
  ])('does not authorise its user to act for another user: %s', async (_name, claims) => {
    const answer = await list(`Bearer ${await jwks.sign({ ...claims })}`);
    expect(answer).toMatchObject({ status: 403, jsonBody: { error: { code: 'CALLER_FORBIDDEN' } } });
  });

  it('leads to 400 instead of 403 when the user id in the URL is invalid', async () => {
    expect(await list(`Bearer ${await jwks.sign(good)}`, 'ada')).toMatchObject({ status: 400 });
  });

  it('never appears in a response', async () => {
    const token = await jwks.sign({ ...good, acsUser: '8:acs:r_bob' });
    expect(wireText(await list(`Bearer ${token}`))).not.toContain(token.slice(0, 20));
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once, even by concurrent requests', async () => {
    const before = jwks.fetches();
    const token = await jwks.sign(good);
    const answers = await Promise.all(Array.from({ length: 5 }, () => list(`Bearer ${token}`)));
    await list(`Bearer ${token}`);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(jwks.fetches() - before).toBe(1);
  });

  it.each([500, 404, 302, 'not-json', 'no-answer'] as const)(
    'cause 503 instead of 401 when fetching them fails with %s',
    async (broken) => {
      jwks.broken = broken;
      const token = await jwks.sign(good);
      expect(await list(`Bearer ${token}`)).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5', 'cache-control': 'no-store' },
        jsonBody: { error: { code: 'CALLER_KEYS_UNAVAILABLE' } },
      });
      jwks.broken = undefined;
      expect(await list(`Bearer ${token}`)).toMatchObject({ status: 200 });
    },
  );

  it('cause 503 instead of 401 when their URL refuses connections or is invalid', async () => {
    const token = await jwks.sign(good);
    for (const jwksUrl of ['http://127.0.0.1:1/keys', '']) {
      api = open(jwksUrl);
      expect(await list(`Bearer ${token}`)).toMatchObject({ status: 503 });
    }
  });
});
