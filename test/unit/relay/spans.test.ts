import { context, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import type { RelayDeps } from '../../../src/relay/attempt.ts';
import { createTelemetry, noMetrics } from '../../../src/telemetry/telemetry.ts';
import { collectTelemetry } from '../../support/collect-telemetry.ts';
import { drawSpans } from '../../support/draw-spans.ts';
import { ada, ben, cloudEvent, eventGridEvent, user } from '../../support/events.ts';
import {
  adasPhones,
  answer,
  created,
  createRelayHarness,
  down,
  eventMs,
  fail,
} from '../../support/relay-harness.ts';

const ring = cloudEvent('IncomingCall', {
  to: user(ada),
  from: user(ben),
  callerDisplayName: 'Ben',
  correlationId: 'call-1',
});
const message = eventGridEvent('ChatMessageReceived', {
  messageId: '1',
  messageBody: 'Hello',
  threadId: 't',
  recipientCommunicationIdentifier: user(ada),
});
const traced = (deps: RelayDeps): RelayDeps => ({ ...deps, telemetry: createTelemetry('hub key') });
/** The spans without the attributes that are the same in every test. */
const drawn = (collected: ReturnType<typeof collectTelemetry>) =>
  drawSpans(collected.spans()).map((line) =>
    line
      .replace(/ id=\S+/, '')
      .replace('type=Microsoft.Communication.', 'type=')
      .replace(' function=relayCalls', '')
      .replace(/ device=d-[\w-]{16}/, ''),
  );

describe('the spans of an event', () => {
  it('are one for each step, push and try', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({
      nowMs: eventMs + 500,
      over: traced,
      respond: (post, index) =>
        post.hub === 'voip' && index < 2
          ? answer(503)
          : { ...created, headers: { trackingid: 'tracking-1' } },
      secondary: () => ({ kind: 'no-answer', reason: 'TIMEOUT' }),
    });
    await harness.handle(ring);
    expect(drawSpans(collected.spans())).toEqual([
      'acs.event CONSUMER id=5d7c3a52-8b1e-4f7a-9a51-0c8f2a6d1e01 type=Microsoft.Communication.IncomingCall function=relayCalls ref=c-Sr4cYHxKCHxnxBpD end=pushed',
      '  acs.lookup devices=2',
      '  acs.claim result=claimed attempt=1',
      '  acs.push kind=incoming-call platform=apns hub=voip device=d-Vpf1KUmFfbtvW7PG outcome=accepted tries=3',
      '    acs.try CLIENT hub=primary outcome=unavailable status=503 ERROR unavailable',
      '    acs.try CLIENT hub=secondary outcome=unknown ERROR unknown',
      '    acs.try CLIENT hub=primary outcome=accepted tracking_id=tracking-1',
      '  acs.push kind=incoming-call platform=fcmv1 hub=alert device=d-GUBi6GwAYLlxWuP8 outcome=accepted tries=1',
      '    acs.try CLIENT hub=primary outcome=accepted tracking_id=tracking-1',
      '  acs.settle final=true',
    ]);
  });

  it('have one push more for each follow-up of a ring', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(1),
      over: (deps) =>
        traced({
          ...deps,
          calls: { ...deps.calls, rememberRung: (callId) => deps.calls.markEnded(callId, eventMs) },
        }),
    });
    await harness.handle(ring);
    expect(drawn(collected).filter((line) => line.includes('acs.push'))).toEqual([
      '  acs.push kind=incoming-call platform=fcmv1 hub=alert outcome=accepted tries=1',
      '  acs.push kind=call-ended platform=fcmv1 hub=alert outcome=accepted tries=1',
      '  acs.push kind=missed-call platform=fcmv1 hub=alert outcome=accepted tries=1',
    ]);
  });

  it('count the devices of a ring whose call is over', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({ nowMs: eventMs, over: traced });
    await harness.deps.calls.markEnded('call-1', eventMs);
    await harness.handle(ring);
    expect(drawn(collected).filter((line) => /acs\.(?:lookup|push)/.test(line))).toEqual([
      '  acs.lookup devices=2',
      '  acs.push kind=missed-call platform=apns hub=alert outcome=accepted tries=1',
      '  acs.push kind=missed-call platform=fcmv1 hub=alert outcome=accepted tries=1',
    ]);
  });

  it('count the devices of two users separately, even under the same ids', async () => {
    const collected = collectTelemetry();
    const bens = adasPhones.map((device) => ({ ...device, recipientId: ben }));
    const harness = createRelayHarness({ nowMs: eventMs, over: traced, devices: [...adasPhones, ...bens] });
    await harness.handle(ring);
    await harness.handle({ ...ring, id: 'ring-2', data: { ...ring.data, to: user(ben) } });
    const first = collected.spans().length;
    await harness.handle(eventGridEvent('CallEnded', { correlationId: 'call-1' }));
    const lines = drawSpans(collected.spans().slice(first));
    expect(lines.filter((line) => line.includes('acs.lookup'))).toEqual(['  acs.lookup devices=4']);
  });

  it('count each device once, however many pushes it gets', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({ nowMs: eventMs, over: traced });
    await harness.handle(ring);
    const first = collected.spans().length;
    await harness.handle(eventGridEvent('CallEnded', { correlationId: 'call-1' }));
    const lines = drawSpans(collected.spans().slice(first));
    expect(lines.filter((line) => line.includes('acs.lookup'))).toEqual(['  acs.lookup devices=2']);
    expect(lines.filter((line) => line.includes('acs.push'))).toHaveLength(4);
  });

  it('name an event that was delivered before', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({ nowMs: eventMs, over: traced });
    await harness.handle(message);
    const first = collected.spans().length;
    await harness.handle(message);
    expect(drawSpans(collected.spans().slice(first))).toEqual([
      expect.stringMatching(/^acs.event .* end=skipped reason=delivered-before$/),
      '  acs.lookup devices=2',
      '  acs.claim result=settled',
    ]);
  });

  it('have no push when the event is skipped, ignored or poison', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({ nowMs: eventMs, over: traced, devices: [] });
    await harness.handle(message);
    await harness.handle(eventGridEvent('ChatThreadCreated', {}));
    await harness.handle(eventGridEvent('IncomingCall', { to: null }));
    await harness.handleText('{');
    expect(drawn(collected)).toEqual([
      'acs.event CONSUMER type=ChatMessageReceived ref=m-QOATF22goridpBnO end=skipped reason=no-devices',
      '  acs.lookup devices=0',
      '  acs.claim result=claimed attempt=1',
      '  acs.settle final=true',
      'acs.event CONSUMER type=ChatThreadCreated end=ignored reason=thread-level',
      'acs.event CONSUMER type=IncomingCall end=poison reason=EVENT_DATA_INVALID ERROR EVENT_DATA_INVALID',
      'acs.event CONSUMER end=poison reason=EVENT_NOT_JSON ERROR EVENT_NOT_JSON',
    ]);
  });

  it('fail where a push stays open', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: traced,
      devices: adasPhones.slice(1),
      respond: () => answer(401),
    });
    await harness.handle(message);
    expect(drawn(collected)).toEqual([
      'acs.event CONSUMER type=ChatMessageReceived ref=m-QOATF22goridpBnO end=pushed ERROR DELIVERY_INCOMPLETE',
      '  acs.lookup devices=1',
      '  acs.claim result=claimed attempt=1',
      '  acs.push kind=chat-message platform=fcmv1 hub=alert outcome=misconfigured tries=1 ERROR misconfigured',
      '    acs.try CLIENT hub=primary outcome=misconfigured status=401 ERROR misconfigured',
      '  acs.settle final=false',
    ]);
  });

  it('fail where the ledger is down', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => traced({ ...deps, ledger: { claim: fail, renew: fail, settle: fail } }),
      devices: adasPhones.slice(1),
    });
    await harness.handle(ring);
    await expect(harness.handle(message)).rejects.toBe(down);
    expect(drawn(collected)).toEqual([
      'acs.event CONSUMER type=IncomingCall ref=c-Sr4cYHxKCHxnxBpD end=pushed',
      '  acs.lookup devices=1',
      '  acs.claim result=degraded ERROR STORAGE_UNAVAILABLE',
      '  acs.push kind=incoming-call platform=fcmv1 hub=alert outcome=accepted tries=1',
      '    acs.try CLIENT hub=primary outcome=accepted',
      '  acs.settle final=true',
      'acs.event CONSUMER type=ChatMessageReceived ref=m-QOATF22goridpBnO end=deferred reason=STORAGE_UNAVAILABLE ERROR STORAGE_UNAVAILABLE',
      '  acs.lookup devices=1',
      '  acs.claim result=failed ERROR STORAGE_UNAVAILABLE',
    ]);
  });

  it('fail where settling fails, and where a claim is lost', async () => {
    const collected = collectTelemetry();
    const settling = (settle: RelayDeps['ledger']['settle']) =>
      createRelayHarness({
        nowMs: eventMs,
        over: (deps) => traced({ ...deps, ledger: { ...deps.ledger, settle } }),
      }).handle(message);
    await settling(fail);
    await settling(async () => ({ kind: 'lost' }));
    expect(drawn(collected).filter((line) => line.includes('acs.settle'))).toEqual([
      '  acs.settle final=true ERROR failed',
      '  acs.settle final=true ERROR lost',
    ]);
  });

  it('carry only the code of an exception', async () => {
    const collected = collectTelemetry();
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => traced({ ...deps, findDevices: () => Promise.reject(new TypeError('a secret')) }),
    });
    await expect(harness.handle(message)).rejects.toThrow('a secret');
    expect(drawn(collected)).toEqual([
      'acs.event CONSUMER type=ChatMessageReceived ref=m-QOATF22goridpBnO end=deferred reason=INTERNAL ERROR INTERNAL',
      '  acs.lookup ERROR INTERNAL',
      '  acs.claim result=claimed attempt=1',
      '  acs.settle final=false',
    ]);
    expect(
      JSON.stringify(collected.spans().map(({ attributes, events }) => [attributes, events])),
    ).not.toContain('a secret');
  });
});

describe('the span of an event', () => {
  const cause = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
  const traceparent = `00-${cause.traceId}-${cause.spanId}-01`;
  const parent: SpanContext = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
  };

  it.each([
    ['a ring', { ...ring, traceparent }],
    ['an ignored event', cloudEvent('ChatThreadCreated', {}, { traceparent })],
    ['poison', cloudEvent('IncomingCall', {}, { traceparent })],
  ])('of %s is linked to the cause of the event', async (_, event) => {
    const collected = collectTelemetry();
    await createRelayHarness({ nowMs: eventMs, over: traced }).handle(event);
    expect(collected.spans().find(({ name }) => name === 'acs.event')?.links).toMatchObject([
      { context: { ...cause, traceFlags: 1, isRemote: true } },
    ]);
  });

  it('has no link when the event names no cause', async () => {
    const collected = collectTelemetry();
    await createRelayHarness({ nowMs: eventMs, over: traced }).handle(ring);
    expect(collected.spans().flatMap(({ links }) => links)).toEqual([]);
  });

  it('is a child of the active span, and active itself for the work inside', async () => {
    const collected = collectTelemetry({ withContextManager: true });
    const seen: (string | undefined)[] = [];
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(1),
      over: traced,
      respond: () => {
        seen.push(trace.getActiveSpan()?.spanContext().spanId);
        return created;
      },
    });
    const active = trace.setSpanContext(ROOT_CONTEXT, parent);
    await context.with(active, () => harness.handle(message));
    const spans = collected.spans();
    const event = spans.find(({ name }) => name === 'acs.event');
    expect(event?.parentSpanContext?.spanId).toBe(parent.spanId);
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([parent.traceId]));
    expect(seen).toEqual([spans.find(({ name }) => name === 'acs.try')?.spanContext().spanId]);
  });

  it('is not recorded when sampling drops it, and neither are the spans inside', async () => {
    const collected = collectTelemetry({ sampler: new AlwaysOffSampler() });
    const harness = createRelayHarness({ nowMs: eventMs, over: traced });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(collected.spans()).toEqual([]);
    const described: string[] = [];
    const describe = () => {
      described.push('described');
      return { attributes: {} };
    };
    const spec = { name: 'acs.lookup', end: describe };
    const value = await createTelemetry('hub key').trace(
      { name: 'acs.event', end: describe },
      () => undefined,
      (scope) => scope.run(spec, async () => 'done'),
    );
    expect([value, described]).toEqual(['done', []]);
  });

  it('reaches a provider that is registered after the relay was created', async () => {
    const harness = createRelayHarness({ nowMs: eventMs, over: traced });
    await harness.handle(ring);
    const collected = collectTelemetry();
    await harness.handle(message);
    expect(collected.spans().filter(({ name }) => name === 'acs.event')).toHaveLength(1);
  });
});

describe('without a provider', () => {
  it('describes no step, and creates no span, link or label', async () => {
    const telemetry = createTelemetry('hub key');
    const never = (): never => {
      throw new Error('called although nothing is recorded');
    };
    const spec = { name: 'acs.event', begin: never, end: never, fail: never };
    const value = await telemetry.trace(spec, never, (scope) => scope.run(spec, async () => 'done'));
    expect(value).toBe('done');
    expect(telemetry.metrics).toBe(noMetrics);
  });
});
