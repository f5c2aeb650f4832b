import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { EventIdentity } from '../../events/relay-event.ts';
import { failureCode } from '../../telemetry/failure-code.ts';
import type { Step } from '../../telemetry/step.ts';
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
  const attributes = (end: EventReport['end'], reason: string | undefined): Attributes => ({
    'acs.event.id': identity?.id,
    'acs.event.type': identity?.type,
    'acs.event.end': end,
    'acs.event.reason': reason,
    'acs.function': functionName,
    'acs.ref': ref,
  });
  return {
    name: 'acs.event',
    kind: SpanKind.CONSUMER,
    describe: (report) => {
      switch (report.end) {
        case 'poison':
          return { attributes: attributes('poison', report.error.code), failed: report.error.code };
        case 'pushed':
          return {
            attributes: attributes('pushed', undefined),
            ...(report.settled ? {} : { failed: 'DELIVERY_INCOMPLETE' }),
          };
        default:
          return { attributes: attributes(report.end, report.reason) };
      }
    },
    describeFailure: (error) => attributes('deferred', failureCode(error)),
  };
}
