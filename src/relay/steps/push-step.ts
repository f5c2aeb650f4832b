import type { Reference } from '../../telemetry/references.ts';
import type { Step } from '../../telemetry/tracing.ts';
import type { PushReport } from '../push-report.ts';

/** What is known of a push before its first try. */
export type PushSubject = Pick<PushReport, 'kind' | 'recipientId' | 'deviceId' | 'platform' | 'target'>;

/** One push with all its tries: span `acs.push`. */
export function pushStep(push: PushSubject, reference: Reference | undefined): Step<PushReport> {
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
      ...(outcome.kind === 'accepted' ? {} : { failed: outcome.kind }),
    }),
  };
}
