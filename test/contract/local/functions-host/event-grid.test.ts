import { describe, expect, it } from 'vitest';
import { hostSeen } from '../../../support/host-seen.ts';
import { startTestHost } from '../../../support/start-test-host.ts';

const post = (
  url: string,
  functionName: string,
  body: unknown,
  eventType: string | undefined = 'Notification',
) =>
  fetch(`${url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: {
      ...(eventType === undefined ? {} : { 'aeg-event-type': eventType }),
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('Event Grid functions of the local host', () => {
  it('passes a single event unchanged to the handler, and answers 202', async () => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    const response = await post(host.url, 'collect', {
      id: '1',
      Subject: 's',
      data: { Version: '2024', n: 1.5 },
    });
    expect(response.status).toBe(202);
    expect(seen).toEqual([
      'appStart',
      {
        event: { id: '1', Subject: 's', data: { Version: '2024', n: 1.5 } },
        metadata: {
          // Strings that are JSON become values: the library does that in Azure, too.
          id: 1,
          subject: 's',
          data: { version: '2024', n: 1.5 },
          sys: { methodName: 'collect', utcNow: '2026-11-22T09:00:00.000Z', randGuid: expect.any(String) },
        },
        traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
    ]);
  });

  it('runs the events of an array concurrently', async () => {
    const host = await startTestHost('events');
    expect((await post(host.url, 'meet', [{ id: '1' }, { id: '2' }])).status).toBe(202);
  });

  it('runs all events and answers 500 with the text of the exception when one throws', async () => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    const response = await post(host.url, 'failOnBad', [{ id: 'one' }, { id: 'bad' }, { id: 'three' }]);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe(
      'Exception while executing function: Functions.failOnBad: this event cannot be delivered',
    );
    expect(seen).toEqual(['appStart', { id: 'one' }, { id: 'bad' }, { id: 'three' }]);
  });

  it('answers 202 to an empty array', async () => {
    const host = await startTestHost('events');
    expect((await post(host.url, 'collect', [])).status).toBe(202);
  });

  it('accepts a function name in any case and warns that Azure is case-sensitive', async () => {
    const seen = hostSeen();
    const lines: string[] = [];
    const host = await startTestHost('events', { print: (line) => lines.push(line) });
    expect((await post(host.url, 'COLLECT', { id: 'x' })).status).toBe(202);
    expect(seen).toHaveLength(2);
    expect(lines).toEqual([
      '09:00:00.000 warn  host  functionName=COLLECT runs collect here; Azure is case-sensitive and would not find it',
    ]);
  });

  it.each(['nobody', '', 'hooked'])('answers 404 for the function name "%s"', async (name) => {
    const host = await startTestHost('events');
    const response = await post(host.url, name, { id: '1' });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe(`cannot find function: '${name}'`);
  });

  it('answers the handshake of the Event Grid schema', async () => {
    const host = await startTestHost('events');
    const body = [
      {
        id: '1',
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
        data: { validationCode: 'C-1' },
      },
    ];
    const response = await post(host.url, 'collect', body, 'SubscriptionValidation');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"validationResponse":"C-1"}');
  });

  it('answers the handshake whose data is JSON within a string', async () => {
    const host = await startTestHost('events');
    const body = { id: '1', data: '{"validationCode":"C-2"}' };
    const response = await post(host.url, 'collect', body, 'subscriptionvalidation');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"validationResponse":"C-2"}');
  });

  it('answers OPTIONS with the allowed origin', async () => {
    const host = await startTestHost('events');
    const url = `${host.url}/runtime/webhooks/eventgrid?functionName=collect`;
    const response = await fetch(url, { method: 'OPTIONS' });
    expect(response.status).toBe(200);
    expect(response.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
  });

  it.each([
    ['Unsubscribe', 202],
    ['SubscriptionDeletion', 400],
    ['', 400],
  ])('answers aeg-event-type "%s" with %i', async (eventType, status) => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    expect((await post(host.url, 'collect', { id: '1' }, eventType)).status).toBe(status);
    expect(seen).toEqual(['appStart']);
  });

  it('answers 400 without aeg-event-type', async () => {
    const host = await startTestHost('events');
    const url = `${host.url}/runtime/webhooks/EventGrid?functionName=collect`;
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400);
  });

  it.each([
    ['Notification', '{"id":'],
    ['Notification', '"text"'],
    ['Notification', ''],
    ['SubscriptionValidation', 'no json'],
    ['SubscriptionValidation', '[]'],
    ['SubscriptionValidation', '{"data":{"validationCode":1}}'],
  ])('answers 500 to %s with the body %s, and runs nothing', async (eventType, body) => {
    const seen = hostSeen();
    const host = await startTestHost('events');
    const response = await post(host.url, 'collect', body, eventType);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe(
      'The request content should be parseable into a JSON object or array.',
    );
    expect(seen).toEqual(['appStart']);
  });
});
