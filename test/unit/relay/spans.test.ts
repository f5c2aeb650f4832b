import { describe, expect, it } from 'vitest';
import type { RelayDeps } from '../../../src/relay/relay-deps.ts';
import { createTelemetry } from '../../../src/telemetry/create-telemetry.ts';
import { collectTelemetry } from '../../support/collect-telemetry.ts';
import { drawSpans } from '../../support/draw-spans.ts';
import { ada, ben, cloudEvent, user } from '../../support/events.ts';
import { answer, created, createRelayHarness } from '../../support/relay-harness.ts';

const eventMs = 1795338000123;
const ring = cloudEvent('IncomingCall', {
  to: user(ada),
  from: user(ben),
  callerDisplayName: 'Ben',
  correlationId: 'call-1',
});
const traced = (deps: RelayDeps): RelayDeps => ({ ...deps, telemetry: createTelemetry('hub key') });
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
      'acs.event CONSUMER id=5d7c3a52-8b1e-4f7a-9a51-0c8f2a6d1e01 type=Microsoft.Communication.IncomingCall end=pushed function=relayCalls ref=c-PuQnDjJThvS0rivY',
      '  acs.lookup devices=2',
      '  acs.claim result=claimed attempt=1',
      '  acs.push kind=incoming-call platform=apns hub=voip outcome=accepted tries=3 device=d-LSJ83hioE07T15bq',
      '    acs.try CLIENT hub=primary outcome=unavailable status=503 ERROR unavailable',
      '    acs.try CLIENT hub=secondary outcome=unknown ERROR unknown',
      '    acs.try CLIENT hub=primary outcome=accepted tracking_id=tracking-1',
      '  acs.push kind=incoming-call platform=fcmv1 hub=alert outcome=accepted tries=1 device=d-AU8652jl6jKWOfEI',
      '    acs.try CLIENT hub=primary outcome=accepted tracking_id=tracking-1',
      '  acs.settle final=true',
    ]);
  });
});
