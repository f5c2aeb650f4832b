import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { createEventsWebhook } from '../../../src/http/events-webhook.ts';
import { httpRequest, wireText } from '../../support/http-request.ts';

const noStore = { 'cache-control': 'no-store' };

function open(failure?: unknown) {
  const relayed: [unknown, string][] = [];
  const logged: unknown[][] = [];
  const webhook = createEventsWebhook({
    relayEvents: async (body, rawText) => {
      relayed.push([body, rawText]);
      if (failure !== undefined) throw failure;
    },
    logger: (...line) => void logged.push(line),
  });
  const post = (body: string, headers: Record<string, string> = {}) => {
    return webhook(httpRequest('POST', { headers, body: { string: body } }));
  };
  return { webhook, post, relayed, logged };
}

const validation = (data: unknown) => ({
  id: '2d1781af-3a4c-4d7c-bd0c-e34b19da4e66',
  topic: '/subscriptions/x',
  subject: '',
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
  eventTime: '2026-11-22T09:00:00Z',
  metadataVersion: '1',
  dataVersion: '2',
  data,
});
const sentCode = {
  validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6',
  validationUrl: 'http://127.0.0.1:1/never-fetched',
};
const answered = {
  status: 200,
  headers: noStore,
  jsonBody: { validationResponse: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6' },
};

describe('the webhook handshake of the Event Grid schema', () => {
  it.each([
    ['as Event Grid sends it', [validation(sentCode)], { 'aeg-event-type': 'SubscriptionValidation' }],
    [
      'with the header in another case',
      [validation(sentCode)],
      { 'aeg-event-type': 'subscriptionvalidation' },
    ],
    ['without the header', [validation(sentCode)], {}],
    ['as a single object', validation(sentCode), {}],
    ['without a validation URL', [validation({ validationCode: sentCode.validationCode })], {}],
    [
      'in the CloudEvents form with data as a text',
      { type: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: JSON.stringify(sentCode) },
      {},
    ],
  ])('returns the validation code: %s', async (_name, body, headers) => {
    const { post, relayed } = open();
    expect(await post(JSON.stringify(body), headers)).toEqual(answered);
    expect(relayed).toEqual([]);
  });

  it.each([
    ['no code', [validation({})]],
    ['an empty code', [validation({ validationCode: '' })]],
    ['a code that is not a string', [validation({ validationCode: 7 })]],
    ['a code that is too long', [validation({ validationCode: 'x'.repeat(257) })]],
    ['data that is not JSON', [validation('{')]],
    ['two events', [validation(sentCode), validation(sentCode)]],
    ['no event', []],
    ['another event', [{ ...validation(sentCode), eventType: 'Microsoft.Communication.IncomingCall' }]],
    ['null', null],
  ])('returns 400 for %s', async (_name, body) => {
    const { post, relayed } = open();
    const answer = await post(JSON.stringify(body), { 'aeg-event-type': 'SubscriptionValidation' });
    expect(answer).toMatchObject({ status: 400, jsonBody: { error: { code: 'EVENT_DATA_INVALID' } } });
    expect(relayed).toEqual([]);
  });

  it('relays a notification that contains a validation code instead of returning the code', async () => {
    const { post, relayed } = open();
    expect(await post(JSON.stringify([validation(sentCode)]), { 'aeg-event-type': 'Notification' })).toEqual({
      status: 200,
      headers: noStore,
    });
    expect(relayed).toHaveLength(1);
  });
});

describe('the webhook handshake of CloudEvents', () => {
  it.each<[string, Record<string, string>]>([
    [
      'with rate and callback',
      {
        'webhook-request-origin': 'eventgrid.azure.net',
        'webhook-request-rate': '120',
        'webhook-request-callback': 'http://127.0.0.1:1/never-called',
      },
    ],
    ['with the origin only', { 'WebHook-Request-Origin': 'EventGrid.Azure.Net' }],
  ])('permits Event Grid to send: %s', async (_name, headers) => {
    expect(await open().webhook(httpRequest('OPTIONS', { headers }))).toEqual({
      status: 200,
      headers: {
        'cache-control': 'no-store',
        'webhook-allowed-origin': 'eventgrid.azure.net',
        'webhook-allowed-rate': '*',
        allow: 'POST, OPTIONS',
      },
    });
  });

  it.each<[string, Record<string, string>]>([
    ['a request without an origin', {}],
    ['another origin', { 'webhook-request-origin': 'evil.test' }],
    ['a similar origin', { 'webhook-request-origin': 'eventgrid.azure.net.evil.test' }],
    ['a star', { 'webhook-request-origin': '*' }],
  ])('returns 403 for %s', async (_name, headers) => {
    const answer = await open().webhook(httpRequest('OPTIONS', { headers }));
    expect(answer).toMatchObject({ status: 403, jsonBody: { error: { code: 'CALLER_FORBIDDEN' } } });
    expect(answer.headers).toEqual(noStore);
  });
});

describe('a delivery to the webhook', () => {
  it.each([
    ['an array', '[{"id":"1"},{"id":"2"}]', [{ id: '1' }, { id: '2' }]],
    ['one object', '{"id":"1"}', { id: '1' }],
    ['a byte order mark', '\ufeff{"id":"1"}', { id: '1' }],
    ['null', 'null', null],
  ])('is relayed and returns 200: %s', async (_name, text, body) => {
    for (const headers of [{ 'aeg-event-type': 'Notification' }, {}, { 'aeg-event-type': 'SomethingNew' }]) {
      const { post, relayed } = open();
      expect(await post(text, headers)).toEqual({ status: 200, headers: noStore });
      expect(relayed).toEqual([[body, text.replace('\ufeff', '')]]);
    }
  });

  it.each(['{', 'not json', '[1,]'])(
    'goes to the relay as received when it is not JSON: %j',
    async (text) => {
      const { post, relayed } = open();
      expect(await post(text)).toMatchObject({ status: 200 });
      expect(relayed).toEqual([[undefined, text]]);
    },
  );

  it('returns 411 without a body, which makes Event Grid deliver again, and says why', async () => {
    const { post, relayed, logged } = open();
    expect(await post('')).toMatchObject({
      status: 411,
      jsonBody: {
        error: {
          code: 'REQUEST_EMPTY',
          message:
            'The body is empty. Send a Content-Length header: Azure Functions drops bodies that are sent in chunks.',
        },
      },
    });
    expect(relayed).toEqual([]);
    expect(logged).toEqual([['error', 'events-body-empty']]);
  });

  it('goes to the relay with replacement characters when it is not UTF-8', async () => {
    const { webhook, relayed } = open();
    await webhook(httpRequest('POST', { body: { bytes: Buffer.from([0x22, 0xff, 0x22]) } }));
    expect(relayed).toEqual([[undefined, '"\ufffd"']]);
  });

  it('is accepted up to 1,310,720 bytes', async () => {
    const { post, relayed, logged } = open();
    expect(await post(`"${'x'.repeat(1_310_718)}"`)).toMatchObject({ status: 200 });
    expect(await post(`"${'x'.repeat(1_310_719)}"`)).toMatchObject({
      status: 413,
      jsonBody: { error: { code: 'REQUEST_TOO_LARGE' } },
    });
    expect(relayed).toHaveLength(1);
    expect(logged).toEqual([['error', 'events-body-too-large', { maxBytes: 1_310_720 }]]);
  });

  it.each([
    [
      new RelayError({ code: 'DELIVERY_INCOMPLETE', class: 'provider', message: 'secret' }),
      'DELIVERY_INCOMPLETE',
    ],
    [
      new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'secret' }),
      'STORAGE_UNAVAILABLE',
    ],
    [new Error('secret'), 'INTERNAL'],
    ['secret', 'INTERNAL'],
  ])(
    'returns 500 and a code when the relay rejects, so that Event Grid delivers again: %#',
    async (failure, code) => {
      const { post, logged } = open(failure);
      const answer = await post('[]');
      expect(answer).toEqual({ status: 500, headers: noStore, jsonBody: { error: { code } } });
      expect(logged).toEqual([['error', 'events-not-relayed', { code }]]);
      expect(wireText(answer)).not.toContain('secret');
    },
  );

  it('returns 500 when its body cannot be read', async () => {
    const { webhook, relayed, logged } = open();
    const request = httpRequest('POST', { body: { string: '[]' } });
    await request.text();
    expect(await webhook(request)).toMatchObject({ status: 500, jsonBody: { error: { code: 'INTERNAL' } } });
    expect(relayed).toEqual([]);
    expect(logged).toEqual([['error', 'events-webhook-failed', { code: 'INTERNAL', error: 'TypeError' }]]);
  });
});

describe('any other request to the webhook', () => {
  it.each(['SubscriptionDeletion', 'subscriptiondeletion', 'Unsubscribe'])(
    'is logged and returns 200 when it announces the end of a subscription: %s',
    async (type) => {
      const { post, relayed, logged } = open();
      expect(await post('[{"id":"1"}]', { 'aeg-event-type': type })).toEqual({
        status: 200,
        headers: noStore,
      });
      expect(relayed).toEqual([]);
      expect(logged).toEqual([['info', 'event-subscription-deleted']]);
    },
  );

  it.each(['GET', 'PUT', 'DELETE', 'HEAD'])('returns 405 for the method %s', async (method) => {
    expect(await open().webhook(httpRequest(method))).toMatchObject({
      status: 405,
      headers: { allow: 'POST, OPTIONS' },
    });
  });
});
