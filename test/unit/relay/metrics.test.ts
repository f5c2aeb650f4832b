import { expect, it } from 'vitest';
import type { RelayDeps } from '../../../src/relay/attempt.ts';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { collectTelemetry } from '../../support/collect-telemetry.ts';
import { ada, ben, eventGridEvent, user } from '../../support/events.ts';
import {
  adasPhones,
  answer,
  created,
  createRelayHarness,
  eventMs,
  fail,
} from '../../support/relay-harness.ts';

const ring = eventGridEvent('IncomingCall', { to: user(ada), from: user(ben), correlationId: 'call-1' });
const message = eventGridEvent('ChatMessageReceived', {
  messageId: '1',
  messageBody: 'Hello',
  threadId: 't',
  recipientCommunicationIdentifier: user(ada),
});
const counted = (deps: RelayDeps): RelayDeps => ({ ...deps, telemetry: createTelemetry('hub key') });

it('counts events and pushes, and measures a ring from its event to the hub, retries included', async () => {
  const collected = collectTelemetry();
  const harness = createRelayHarness({
    nowMs: eventMs + 1_500,
    over: counted,
    devices: adasPhones.slice(0, 1),
    respond: (_, index) => (index === 0 ? answer(503) : created),
  });
  await harness.handle(ring);
  expect(await collected.points()).toEqual([
    'acs.relay.events{end=pushed,type=Microsoft.Communication.IncomingCall} 1',
    'acs.relay.pushes{kind=incoming-call,outcome=accepted,platform=apns} 1',
    'acs.relay.retries{kind=incoming-call,platform=apns} 1',
    'acs.relay.ring.latency{} 1 of 1.9',
  ]);
});

it('counts a ring without the ledger, dead letters, and deferred events', async () => {
  const collected = collectTelemetry();
  const harness = createRelayHarness({
    nowMs: eventMs,
    over: (deps) => counted({ ...deps, ledger: { claim: fail, renew: fail, settle: fail } }),
    devices: adasPhones.slice(1),
    respond: () => answer(400),
  });
  await harness.handle(ring);
  await expect(harness.handle(message)).rejects.toThrow('down');
  await harness.handleText('{');
  expect(await collected.points()).toEqual([
    'acs.relay.dead_letters{reason=poison} 1',
    'acs.relay.dead_letters{reason=rejected} 1',
    'acs.relay.degraded{} 1',
    'acs.relay.events{end=deferred,type=Microsoft.Communication.ChatMessageReceived} 1',
    'acs.relay.events{end=poison,type=other} 1',
    'acs.relay.events{end=pushed,type=Microsoft.Communication.IncomingCall} 1',
    'acs.relay.pushes{kind=incoming-call,outcome=rejected,platform=fcmv1} 1',
  ]);
});

it('measures the latency of rings only', async () => {
  const collected = collectTelemetry();
  const harness = createRelayHarness({ nowMs: eventMs, over: counted, devices: adasPhones.slice(1) });
  await harness.handle(message);
  expect(await collected.points()).toEqual([
    'acs.relay.events{end=pushed,type=Microsoft.Communication.ChatMessageReceived} 1',
    'acs.relay.pushes{kind=chat-message,outcome=accepted,platform=fcmv1} 1',
  ]);
  expect(harness.lines[0]?.fields['ringLatencyMs']).toBeUndefined();
});

it('does not count a dead letter that could not be stored', async () => {
  const collected = collectTelemetry();
  const harness = createRelayHarness({
    nowMs: eventMs,
    over: (deps) => counted({ ...deps, deadLetter: fail }),
  });
  await expect(harness.handleText('{')).rejects.toThrow('down');
  expect(await collected.points()).toEqual(['acs.relay.events{end=deferred,type=other} 1']);
  expect(harness.lines).toMatchObject([
    { level: 'error', event: 'event', fields: { end: 'deferred', reason: 'STORAGE_UNAVAILABLE' } },
  ]);
});
