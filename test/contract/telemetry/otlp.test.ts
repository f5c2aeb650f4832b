import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cloudEvent, user } from '../../support/events.ts';
import { type OtlpCollector, type SentSpan, startOtlpCollector } from '../../support/start-otlp-collector.ts';
import { type RelayApp, startRelayApp } from '../../support/start-relay-app.ts';

/** Values that must never be exported, each unlike anything else in a payload. */
const planted = {
  callee: `8:acs:${randomUUID()}_callee`,
  caller: `8:acs:${randomUUID()}_caller`,
  callerName: 'Zaphodine Quillfeather',
  text: 'meet me behind the observatory',
  iphone: `a1${randomUUID().replaceAll('-', '').repeat(2).slice(2)}`,
  voip: `b2${randomUUID().replaceAll('-', '').repeat(2).slice(2)}`,
  android: `fcm-${randomUUID().repeat(3)}`,
  callId: randomUUID(),
  threadId: `19:${randomUUID()}@thread.v2`,
  messageId: '1795338000999',
};
const cause = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const host = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

let collector: OtlpCollector;
let app: RelayApp;
beforeAll(async () => {
  collector = await startOtlpCollector();
  app = await startRelayApp(inject('azurite'), {
    build: ['--opentelemetry'],
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=for-the-collector',
      OTEL_SERVICE_NAME: 'relay-under-test',
    },
  });
  const put = (deviceId: string, body: object) =>
    fetch(`${app.host.url}/api/users/${encodeURIComponent(planted.callee)}/devices/${deviceId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await put('iphone', { platform: 'apns', handle: planted.iphone, voipHandle: planted.voip });
  await put('android', { platform: 'fcmv1', handle: planted.android });
  app.faults.set(planted.voip, { answer: { status: 401 } });
  await deliver('relayCalls', ringEvent());
  await deliver('relayChat', messageEvent());
  await deliver('relayChat', {
    ...messageEvent(),
    id: randomUUID(),
    data: { [planted.text]: planted.callee },
  });
  // Stopping the app exports what is left.
  await app.stop();
}, 90_000);
afterAll(() => collector?.stop());

const ringEvent = () =>
  cloudEvent(
    'IncomingCall',
    {
      to: user(planted.callee),
      from: user(planted.caller),
      callerDisplayName: planted.callerName,
      correlationId: planted.callId,
    },
    {
      id: randomUUID(),
      time: new Date().toISOString(),
      traceparent: `00-${cause.traceId}-${cause.spanId}-01`,
      tracestate: 'vendor=of-the-cause',
    },
  );
const messageEvent = () =>
  cloudEvent(
    'ChatMessageReceived',
    {
      messageId: planted.messageId,
      messageBody: planted.text,
      threadId: planted.threadId,
      senderDisplayName: planted.callerName,
      senderCommunicationIdentifier: user(planted.caller),
      recipientCommunicationIdentifier: user(planted.callee),
    },
    { id: randomUUID(), time: new Date().toISOString() },
  );

const deliver = (functionName: string, event: object) =>
  fetch(`${app.host.url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/cloudevents+json',
      'aeg-event-type': 'Notification',
      traceparent: `00-${host.traceId}-${host.spanId}-01`,
    },
    body: JSON.stringify(event),
  });

const spansOf = (name: string) => collector.spans.filter((span) => span.name === name);
const childrenOf = (parent: SentSpan | undefined, name: string) =>
  spansOf(name).filter(({ parentSpanId }) => parentSpanId === parent?.spanId);
const ringSpan = () =>
  spansOf('acs.event').find(({ attributes }) => attributes['acs.function'] === 'relayCalls');
const metric = (name: string) => collector.metrics.find((sent) => sent.name === name);
const pointsOf = (name: string) =>
  (metric(name)?.sum?.dataPoints ?? []).map(({ attributes, asDouble, asInt }) => ({
    ...attributes,
    count: asDouble ?? asInt,
  }));

describe('the built app with OpenTelemetry and an OTLP collector', () => {
  it('exports a span for the event, below the span of the host and linked to the cause of the event', () => {
    expect(spansOf('acs.event')).toHaveLength(3);
    expect(ringSpan()).toMatchObject({
      traceId: host.traceId,
      parentSpanId: host.spanId,
      kind: 5,
      links: [{ ...cause, traceState: 'vendor=of-the-cause' }],
      attributes: {
        'acs.event.type': 'Microsoft.Communication.IncomingCall',
        'acs.event.end': 'pushed',
        'acs.ref': expect.stringMatching(/^c-[\w-]{16}$/),
      },
      status: { code: 2, message: 'DELIVERY_INCOMPLETE' },
    });
  });

  it('exports a span for each step, push and try below it', () => {
    const event = ringSpan();
    expect(childrenOf(event, 'acs.claim')).toMatchObject([{ attributes: { 'acs.claim.result': 'claimed' } }]);
    expect(childrenOf(event, 'acs.lookup')).toMatchObject([{ attributes: { 'acs.lookup.devices': 2 } }]);
    expect(childrenOf(event, 'acs.settle')).toMatchObject([{ attributes: { 'acs.settle.final': false } }]);
    const pushes = childrenOf(event, 'acs.push');
    expect(pushes).toHaveLength(2);
    const voip = pushes.find(({ attributes }) => attributes['acs.push.hub'] === 'voip');
    expect(voip).toMatchObject({
      attributes: {
        'acs.push.kind': 'incoming-call',
        'acs.push.outcome': 'misconfigured',
        'acs.push.tries': 1,
      },
      status: { code: 2, message: 'misconfigured' },
    });
    expect(childrenOf(voip, 'acs.try')).toMatchObject([
      {
        kind: 3,
        attributes: { 'acs.try.hub': 'primary', 'acs.try.outcome': 'misconfigured', 'acs.try.status': 401 },
        status: { code: 2 },
      },
    ]);
  });

  it('exports the counters and the ring latency', () => {
    const type = 'Microsoft.Communication.ChatMessageReceived';
    expect(pointsOf('acs.relay.events')).toEqual([
      { type: 'Microsoft.Communication.IncomingCall', end: 'pushed', count: 1 },
      { type, end: 'pushed', count: 1 },
      { type, end: 'poison', count: 1 },
    ]);
    expect(pointsOf('acs.relay.pushes')).toHaveLength(4);
    expect(pointsOf('acs.relay.pushes')).toContainEqual({
      platform: 'apns',
      kind: 'incoming-call',
      outcome: 'misconfigured',
      count: 1,
    });
    expect(pointsOf('acs.relay.dead_letters')).toEqual([{ reason: 'poison', count: 1 }]);
    expect(metric('acs.relay.ring.latency')).toMatchObject({
      unit: 's',
      histogram: { dataPoints: [{ count: 1, attributes: {} }] },
    });
    expect(metric('acs.relay.ring.latency')?.histogram?.dataPoints[0]?.explicitBounds?.at(-1)).toBe(30);
  });

  it('exports the log lines, each in the span it is about', () => {
    const lines = collector.logs.map(({ body, ...log }) => ({ ...log, line: JSON.parse(body.stringValue) }));
    const said = lines.find(({ line }) => line.event === 'event' && line.function === 'relayCalls');
    expect(said).toMatchObject({
      severityText: 'warning',
      traceId: host.traceId,
      spanId: ringSpan()?.spanId,
      line: { end: 'pushed', settled: false, ref: ringSpan()?.attributes['acs.ref'] },
    });
    const push = lines.find(({ line }) => line.outcome === 'misconfigured');
    const spanIds = childrenOf(ringSpan(), 'acs.push').map(({ spanId }) => spanId);
    expect(spanIds).toContain(push?.spanId);
    expect(lines.map(({ line }) => line.event).sort()).toEqual([
      'dead-letter',
      'event',
      'event',
      'event',
      'push',
      'push',
      'push',
      'push',
    ]);
  });

  it('exports one resource and sends the header of the settings', () => {
    const [first] = collector.resources;
    expect(first).toMatchObject({
      'service.name': 'relay-under-test',
      'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(collector.resources.length).toBeGreaterThanOrEqual(3);
    expect(collector.resources).toEqual(collector.resources.map(() => first));
    expect(collector.headers.map((headers) => headers['api-key'])).toEqual(
      collector.bodies.map(() => 'for-the-collector'),
    );
  });

  it('exports no secret, no user and no id of a call or a message', () => {
    const all = collector.bodies.join('\n');
    expect(all.length).toBeGreaterThan(5_000);
    expect(Object.entries(planted).filter(([, secret]) => all.includes(secret))).toEqual([]);
  });
});
