import type { Reference } from '../../telemetry/reference.ts';
import type { Step } from '../../telemetry/step.ts';
import type { PushReport } from '../push-report.ts';

/** One push with all its tries: span `acs.push`. */
export function pushStep(reference: Reference | undefined): Step<PushReport> {
  return {
    name: 'acs.push',
    describe: ({ kind, platform, target, outcome, tries, recipientId, deviceId }) => ({
      attributes: {
        'acs.push.kind': kind,
        'acs.push.platform': platform,
        'acs.push.hub': target,
        'acs.push.outcome': outcome.kind,
        'acs.push.tries': tries,
        'acs.push.device': reference?.('device', recipientId, deviceId),
      },
      ...(outcome.kind === 'accepted' ? {} : { failed: outcome.kind }),
    }),
  };
}
