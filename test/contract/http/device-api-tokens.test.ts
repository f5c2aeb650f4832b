import type { HttpRequest } from '@azure/functions';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCallerAuthenticator } from '../../../src/http/authentication.ts';
import { createDeviceApi } from '../../../src/http/device-api.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import { deviceRequest, wireText } from '../../support/http-request.ts';
import { openRegistry, START_MS } from '../../support/open-registry.ts';
import { type JwksServer, type SignOptions, startJwksServer } from '../../support/start-jwks-server.ts';

const ADA = '8:acs:r_ada';
const NOW_SECONDS = START_MS / 1000;
const GOOD = { iss: 'https://id.test/', aud: 'relay', exp: NOW_SECONDS + 3_600, acsUser: ADA };
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

function list(authorization: string | undefined, userId = ADA) {
  const headers = authorization === undefined ? {} : { authorization };
  return api.devices(deviceRequest('GET', { userId }, undefined, headers));
}

const without = (name: keyof typeof GOOD) =>
  Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name));

describe('a bearer token', () => {
  it.each<[string, object, SignOptions]>([
    ['RS256', GOOD, {}],
    ['ES256', GOOD, { alg: 'ES256' }],
    ['an audience among others', { ...GOOD, aud: ['other', 'relay'] }, {}],
    ['expired 59 seconds ago', { ...GOOD, exp: NOW_SECONDS - 59 }, {}],
    ['valid in 60 seconds', { ...GOOD, nbf: NOW_SECONDS + 60 }, {}],
  ])('is accepted: %s', async (_name, claims, options) => {
    expect(await list(`Bearer ${await jwks.sign({ ...claims }, options)}`)).toMatchObject({ status: 200 });
  });

  it('is accepted with its scheme in any case', async () => {
    expect(await list(`bearer  ${await jwks.sign(GOOD)}`)).toMatchObject({ status: 200 });
  });

  it.each<[string, object, SignOptions]>([
    ['another issuer', { ...GOOD, iss: 'https://evil.test/' }, {}],
    ['no issuer', without('iss'), {}],
    ['another audience', { ...GOOD, aud: 'other' }, {}],
    ['no audience', without('aud'), {}],
    ['no expiry', without('exp'), {}],
    ['expired 60 seconds ago', { ...GOOD, exp: NOW_SECONDS - 60 }, {}],
    ['valid in 61 seconds', { ...GOOD, nbf: NOW_SECONDS + 61 }, {}],
    ['a text as expiry', { ...GOOD, exp: 'never' }, {}],
    ['a key that was not published', GOOD, { foreignKey: true }],
    ['an unknown key id', GOOD, { kid: 'unknown' }],
    ['the key id of another algorithm', GOOD, { alg: 'ES256', kid: 'RS256' }],
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
    const shared = await new SignJWT(GOOD).setProtectedHeader({ alg: 'HS256', kid: 'RS256' }).sign(secret);
    expect(await list(`Bearer ${shared}`)).toMatchObject({ status: 401 });
    expect(await list(`Bearer ${new UnsecuredJWT(GOOD).encode()}`)).toMatchObject({ status: 401 });
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
    expect(await api.users(deviceRequest('DELETE', { userId: ADA }))).toMatchObject(challenge);
    expect(await api.devices(deviceRequest('PUT', { userId: ADA, deviceId: 'd' }, '{'))).toMatchObject(
      challenge,
    );
  });

  it.each<[string, object]>([
    ['another user', { ...GOOD, acsUser: '8:acs:r_bob' }],
    ['another case', { ...GOOD, acsUser: '8:acs:r_ADA' }],
    ['no user', without('acsUser')],
    ['a number as user', { ...GOOD, acsUser: 7 }],
    ['a list of users', { ...GOOD, acsUser: [ADA] }],
    ['an unusable user', { ...GOOD, acsUser: 'ada' }],
  ])('does not authorise its user to act for another user: %s', async (_name, claims) => {
    const answer = await list(`Bearer ${await jwks.sign({ ...claims })}`);
    expect(answer).toMatchObject({ status: 403, jsonBody: { error: { code: 'CALLER_FORBIDDEN' } } });
  });

  it('leads to 400 instead of 403 when the user id in the URL is invalid', async () => {
    expect(await list(`Bearer ${await jwks.sign(GOOD)}`, 'ada')).toMatchObject({ status: 400 });
  });

  it('never appears in a response', async () => {
    const token = await jwks.sign({ ...GOOD, acsUser: '8:acs:r_bob' });
    expect(wireText(await list(`Bearer ${token}`))).not.toContain(token.slice(0, 20));
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once, even by concurrent requests', async () => {
    const before = jwks.fetches();
    const token = await jwks.sign(GOOD);
    const answers = await Promise.all(Array.from({ length: 5 }, () => list(`Bearer ${token}`)));
    await list(`Bearer ${token}`);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(jwks.fetches() - before).toBe(1);
  });

  it.each([500, 404, 302, 'not-json', 'no-answer'] as const)(
    'cause 503 instead of 401 when fetching them fails with %s',
    async (broken) => {
      jwks.broken = broken;
      const token = await jwks.sign(GOOD);
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
    const token = await jwks.sign(GOOD);
    for (const jwksUrl of ['http://127.0.0.1:1/keys', '']) {
      api = open(jwksUrl);
      expect(await list(`Bearer ${token}`)).toMatchObject({ status: 503 });
    }
  });
});
