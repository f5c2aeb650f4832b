import { SpanKind } from '@opentelemetry/api';
import { isFinalOutcome, ledgerOutcome } from '../deliveries/outcomes.ts';
import { eventTypes } from '../events/event-types.ts';
import type { EventIdentity, ParsedEvent, RelayEvent } from '../events/relay-event.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import { isWorthlessWhenLate } from '../notifications/end-of-ring.ts';
import { failureCode, type LogFields, type LogLevel } from '../telemetry/logger.ts';
import type { Reference } from '../telemetry/references.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import { readTraceLink, type SpanFacts, type SpanSpec } from '../telemetry/tracing.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import type { EventReport, PushReport, PushSubject } from './event-report.ts';

/** How an event ended: its report, or the code of the error because of which Event Grid must redeliver it. */
export type EventEnd =
  | EventReport
  | { readonly kind: 'deferred'; readonly identity?: EventReport['identity']; readonly reason: string };

/**
 * Does the work on one event inside its span, and reports how it ended: one log line, one span, the counters. An error
 * of the work is reported as well, and rethrown.
 *
 * @param value the event as received
 */
export function observeEvent(
  deps: RelayDeps,
  attempt: Attempt,
  parsed: ParsedEvent,
  value: unknown,
  work: (attempt: ObservedAttempt) => Promise<EventReport>,
): Promise<EventReport> {
  const startedMs = deps.clock();
  const { telemetry = noTelemetry } = deps;
  const event = parsed.kind === 'event' ? parsed.event : undefined;
  const identity = parsed.kind === 'event' ? parsed.event.identity : parsed.identity;
  const ref = event && telemetry.reference && eventReference(telemetry.reference, event);
  const reportEnd = (end: EventEnd) => {
    const nowMs = deps.clock();
    const ageMs = event && nowMs - event.timeMs;
    logEvent(attempt, end, { ref, ageMs, durationMs: nowMs - startedMs });
    telemetry.metrics.eventEnded(eventTypeLabel(identity?.type), end.kind);
    if (end.kind === 'pushed' && end.degraded === true) telemetry.metrics.degraded();
  };
  const span = eventSpan({ identity, functionName: attempt.functionName, ref });
  return telemetry.trace(
    span,
    () => readTraceLink(value),
    async (scope) => {
      try {
        const report = await work({ ...attempt, telemetry, scope, ref });
        reportEnd(report);
        return report;
      } catch (error) {
        reportEnd({ kind: 'deferred', ...(identity && { identity }), reason: failureCode(error) });
        throw error;
      }
    },
  );
}

/** Names what an event is about: its call, its message, or else its thread. All events about one have the same name. */
export function eventReference(reference: Reference, event: RelayEvent): string {
  if ('callId' in event) return reference('call', event.callId);
  if ('messageId' in event) return reference('message', event.threadId, event.messageId);
  return reference('thread', event.threadId);
}

/** An event type as a metric label: a type that the relay knows, or `other`. */
export function eventTypeLabel(type: string | undefined): string {
  return type !== undefined && Object.hasOwn(eventTypes, type) ? type : 'other';
}

interface EventMeasures {
  /** Names the call, message or thread. */
  readonly ref: string | undefined;
  /** From the time of the event to now, milliseconds; absent when the event is ignored or poison. */
  readonly ageMs: number | undefined;
  /** What the relay took for it, milliseconds. */
  readonly durationMs: number;
}

/** Writes the log line about an event. docs/telemetry.md lists its fields. */
export function logEvent(attempt: Attempt, end: EventEnd, { ref, ageMs, durationMs }: EventMeasures): void {
  const { level, fields } = describe(end);
  attempt.log(level, 'event', {
    end: end.kind,
    type: end.identity?.type,
    function: attempt.functionName,
    ref,
    ...fields,
    ageMs,
    durationMs,
  });
}

function describe(end: EventEnd): { readonly level: LogLevel; readonly fields: LogFields } {
  switch (end.kind) {
    case 'poison': {
      const { code, message } = end.error;
      return { level: 'error', fields: { reason: code, detail: message } };
    }
    case 'pushed': {
      const { pushes, settled, degraded } = end;
      const accepted = pushes.filter(({ outcome }) => outcome.kind === 'accepted').length;
      return {
        level: settled ? 'info' : 'warn',
        fields: { pushes: pushes.length, accepted, settled, degraded },
      };
    }
    case 'deferred':
      return { level: end.reason === 'busy' ? 'info' : 'error', fields: { reason: end.reason } };
    default:
      return { level: 'info', fields: { reason: end.reason } };
  }
}

interface EventSubject {
  /** Absent when the value is not an event. */
  readonly identity: EventIdentity | undefined;
  readonly functionName: string;
  /** Names the call, message or thread. */
  readonly ref: string | undefined;
}

/** The whole work on one event: span `acs.event`. */
function eventSpan({ identity, functionName, ref }: EventSubject): SpanSpec<EventReport> {
  return {
    name: 'acs.event',
    kind: SpanKind.CONSUMER,
    begin: () => ({
      'acs.event.id': identity?.id,
      'acs.event.type': identity?.type,
      'acs.function': functionName,
      'acs.ref': ref,
    }),
    end: (report) => {
      switch (report.kind) {
        case 'poison':
          return ended('poison', report.error.code, report.error.code);
        case 'pushed':
          return ended('pushed', undefined, report.settled ? undefined : 'DELIVERY_INCOMPLETE');
        default:
          return ended(report.kind, report.reason, undefined);
      }
    },
    fail: (error) => ({ 'acs.event.end': 'deferred', 'acs.event.reason': failureCode(error) }),
  };
}

function ended(end: EventReport['kind'], reason: string | undefined, failed: string | undefined): SpanFacts {
  const attributes = { 'acs.event.end': end, 'acs.event.reason': reason };
  return failed === undefined ? { attributes } : { attributes, failed };
}

/** One push with all its tries: span `acs.push`. */
export function pushSpan(push: PushSubject, reference: Reference | undefined): SpanSpec<PushReport> {
  return {
    name: 'acs.push',
    begin: () => ({
      'acs.push.kind': push.kind,
      'acs.push.platform': push.platform,
      'acs.push.hub': push.target,
      'acs.push.device': reference?.('device', push.recipientId, push.deviceId),
    }),
    end: ({ outcome, tries }) => ({
      attributes: { 'acs.push.outcome': outcome.kind, 'acs.push.tries': tries },
      ...(outcome.kind === 'accepted' || outcome.kind === 'dropped' ? {} : { failed: outcome.kind }),
    }),
  };
}

/** Reports the result of a push: one log line and the counters. */
export function observePush(
  deps: Pick<RelayDeps, 'userReference'>,
  attempt: Pick<ObservedAttempt, 'log' | 'ref' | 'telemetry'>,
  push: PushReport,
): void {
  logPush(deps, attempt, push);
  const { kind, platform, outcome, tries, ringLatencyMs } = push;
  const { metrics } = attempt.telemetry;
  metrics.pushEnded(platform, kind, outcome.kind);
  if (tries > 1) metrics.retried(tries - 1, platform, kind);
  if (ringLatencyMs !== undefined) metrics.rang(ringLatencyMs);
}

/**
 * Writes the log line about a push. It identifies users by reference and devices not at all. docs/telemetry.md lists its
 * fields.
 */
export function logPush(
  deps: Pick<RelayDeps, 'userReference'>,
  attempt: Pick<ObservedAttempt, 'log' | 'ref'>,
  push: PushReport,
): void {
  const { outcome, failures } = push;
  attempt.log(levelOf(push), 'push', {
    kind: push.kind,
    platform: push.platform,
    hub: push.target,
    user: deps.userReference(push.recipientId),
    ref: attempt.ref,
    end: pushEnd(push),
    outcome: outcome.kind,
    reason: outcome.kind === 'dropped' ? outcome.reason : undefined,
    tries: push.tries,
    retries: Math.max(0, push.tries - 1),
    via: push.via,
    failures: failures?.join(', '),
    ringLatencyMs: push.ringLatencyMs,
    status: 'status' in outcome ? outcome.status : undefined,
    detail: 'detail' in outcome ? outcome.detail : undefined,
    trackingId: 'trackingId' in outcome ? outcome.trackingId : undefined,
  });
}

const levels: Readonly<Record<PushOutcome['kind'], LogLevel>> = {
  accepted: 'info',
  dropped: 'info',
  expired: 'warn',
  throttled: 'warn',
  unavailable: 'warn',
  unknown: 'warn',
  rejected: 'error',
  misconfigured: 'error',
};

// A misconfigured primary hub needs an operator, even when the secondary one accepted the push.
function levelOf({ outcome, failures = [] }: PushReport): LogLevel {
  const isMisconfigured = failures.some((failure) => failure.endsWith(' misconfigured'));
  return isMisconfigured ? 'error' : levels[outcome.kind];
}

/**
 * How a push ended, in the words used for events: `sent` to the hub; `skipped`, too late to matter or wrong by now; `dead-lettered` with
 * its event; or `deferred` until Event Grid redelivers the event.
 */
export function pushEnd({ kind, outcome }: PushReport): 'sent' | 'skipped' | 'dead-lettered' | 'deferred' {
  if (outcome.kind === 'accepted') return 'sent';
  if (outcome.kind === 'expired' && isWorthlessWhenLate(kind)) return 'skipped';
  if (outcome.kind === 'dropped') return 'skipped';
  return isFinalOutcome(ledgerOutcome(outcome)) ? 'dead-lettered' : 'deferred';
}
