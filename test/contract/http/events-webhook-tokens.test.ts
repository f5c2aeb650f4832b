import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEventsAuthenticator } from '../../../src/http/authentication.ts';
import { createEventsWebhook } from '../../../src/http/events-webhook.ts';
import type { HttpHandler } from '../../../src/http/messages.ts';
import { httpRequest } from '../../support/http-request.ts';
import { startMs } from '../../support/open-registry.ts';
import { type JwksServer, type SignOptions, startJwksServer } from '../../support/start-jwks-server.ts';

const tenant = '11111111-2222-3333-4444-555555555555';
const nowSeconds = startMs / 1000;
const v1 = {
  aud: 'webhook-app-id',
  iss: `https://sts.windows.net/${tenant}/`,
  tid: tenant,
  appid: '4962773b-9cdb-44cf-a8bf-237846a00ab7',
  nbf: nowSeconds - 300,
  exp: nowSeconds + 86_400,
  ver: '1.0',
};
const { appid, ...withoutAppid } = v1;
const v2 = {
  ...withoutAppid,
  iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
  azp: appid,
  ver: '2.0',
};
let jwks: JwksServer;
let webhook: HttpHandler;
let relayed: unknown[];

beforeAll(async () => {
  jwks = await startJwksServer();
});
afterAll(() => jwks.stop());
beforeEach(() => {
  jwks.broken = undefined;
  relayed = [];
  webhook = createEventsWebhook({
    relayEvents: async (body) => void relayed.push(body),
    authenticate: createEventsAuthenticator(
      { tenantId: tenant.toUpperCase(), audience: 'webhook-app-id' },
      () => startMs,
      jwks.jwksUrl,
    ),
    logger: () => undefined,
  });
});

function post(token: string | undefined, headers: Record<string, string> = {}, body = '[]') {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return webhook(httpRequest('POST', { headers: { ...headers, ...authorization }, body: { string: body } }));
}

describe('the Entra token of Event Grid', () => {
  it.each([
    ['version 1', v1],
    ['version 2', v2],
    ['with roles', { ...v1, roles: ['AzureEventGridSecureWebhookSubscriber'] }],
  ])('is accepted: %s', async (_name, claims) => {
    expect(await post(await jwks.sign(claims))).toMatchObject({ status: 200 });
    expect(relayed).toEqual([[]]);
  });

  it.each<[string, object, SignOptions]>([
    ['another application', { ...v1, appid: '00000000-0000-0000-0000-000000000000' }, {}],
    ['no application', withoutAppid, {}],
    ['another tenant', { ...v1, tid: '99999999-2222-3333-4444-555555555555' }, {}],
    ['no tenant', { ...v1, tid: undefined }, {}],
    [
      'the issuer of another tenant',
      { ...v1, iss: 'https://sts.windows.net/99999999-2222-3333-4444-555555555555/' },
      {},
    ],
    ['another audience', { ...v1, aud: 'other' }, {}],
    ['expired', { ...v1, exp: nowSeconds - 61 }, {}],
    ['not valid yet', { ...v1, nbf: nowSeconds + 61 }, {}],
    ['another key', v1, { foreignKey: true }],
    ['another algorithm than Entra uses', v1, { alg: 'ES256' }],
  ])('is rejected with 401: %s', async (_name, claims, options) => {
    expect(await post(await jwks.sign({ ...claims }, options))).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      jsonBody: { error: { code: 'EVENTS_CALLER_UNAUTHENTICATED' } },
    });
    expect(relayed).toEqual([]);
  });

  it('is required for the validation and the end of a subscription as well', async () => {
    const body = JSON.stringify([
      { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: 'code' } },
    ]);
    for (const type of ['SubscriptionValidation', 'SubscriptionDeletion', 'Notification']) {
      expect(await post(undefined, { 'aeg-event-type': type }, body)).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    const answer = await post(await jwks.sign(v1), { 'aeg-event-type': 'SubscriptionValidation' }, body);
    expect(answer).toMatchObject({ status: 200, jsonBody: { validationResponse: 'code' } });
  });

  it('is not required for OPTIONS', async () => {
    const headers = { 'webhook-request-origin': 'eventgrid.azure.net' };
    expect(await webhook(httpRequest('OPTIONS', { headers }))).toMatchObject({ status: 200 });
  });

  it('causes 503 instead of 401 while the keys cannot be fetched, so that Event Grid delivers again', async () => {
    jwks.broken = 500;
    expect(await post(await jwks.sign(v1))).toMatchObject({
      status: 503,
      jsonBody: { error: { code: 'CALLER_KEYS_UNAVAILABLE' } },
    });
    expect(relayed).toEqual([]);
  });
});
