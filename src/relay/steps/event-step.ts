import { SpanKind } from '@opentelemetry/api';
import type { EventIdentity } from '../../events/relay-event.ts';
import { failureCode } from '../../telemetry/logger.ts';
import type { SpanFacts, Step } from '../../telemetry/tracing.ts';
import type { EventReport } from '../event-report.ts';

/** What is known of an event from the start. */
export interface EventSubject {
  /** Absent when it is no event. */
  readonly identity: EventIdentity | undefined;
  readonly functionName: string;
  /** Names the call, message or thread. */
  readonly ref: string | undefined;
}

/** The whole work on one event: span `acs.event`. */
export function eventStep({ identity, functionName, ref }: EventSubject): Step<EventReport> {
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
      switch (report.end) {
        case 'poison':
          return ended('poison', report.error.code, report.error.code);
        case 'pushed':
          return ended('pushed', undefined, report.settled ? undefined : 'DELIVERY_INCOMPLETE');
        default:
          return ended(report.end, report.reason, undefined);
      }
    },
    fail: (error) => ({ 'acs.event.end': 'deferred', 'acs.event.reason': failureCode(error) }),
  };
}

function ended(end: EventReport['end'], reason: string | undefined, failed: string | undefined): SpanFacts {
  const attributes = { 'acs.event.end': end, 'acs.event.reason': reason };
  return failed === undefined ? { attributes } : { attributes, failed };
}
