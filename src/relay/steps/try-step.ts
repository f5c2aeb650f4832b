import { SpanKind } from '@opentelemetry/api';
import type { PushOutcome } from '../../notification-hubs/push-outcome.ts';
import type { Step } from '../../telemetry/tracing.ts';
import type { HubPlace } from '../hub-place.ts';

/** One HTTP request to a hub: span `acs.try`. */
export const tryStep: Readonly<Record<HubPlace, Step<PushOutcome>>> = {
  primary: stepAt('primary'),
  secondary: stepAt('secondary'),
};

function stepAt(place: HubPlace): Step<PushOutcome> {
  return {
    name: 'acs.try',
    kind: SpanKind.CLIENT,
    begin: () => ({ 'acs.try.hub': place }),
    end: (outcome) => ({
      attributes: {
        'acs.try.outcome': outcome.kind,
        'acs.try.status': 'status' in outcome ? outcome.status : undefined,
        'acs.try.tracking_id': 'trackingId' in outcome ? outcome.trackingId : undefined,
      },
      ...(outcome.kind === 'accepted' ? {} : { failed: outcome.kind }),
    }),
  };
}
