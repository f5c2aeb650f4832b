import { maskHandle } from '../../http/device-api.ts';
import type { PushOutcome } from '../../notification-hubs/push-outcome.ts';
import type { HubTarget, Platform } from '../../notifications/push.ts';
import type { HubPlace } from '../../relay/event-report.ts';
import { outcomeAdvice } from './outcome-advice.ts';
import type { SentTest } from './send-test.ts';

/** What came of one device, ready to be printed: nobody can push with it. */
export interface SentView {
  readonly deviceId: string;
  readonly platform: Platform;
  /** Which of the two hubs. */
  readonly hub: HubTarget;
  /** Masked. */
  readonly handle: string;
  readonly tries: number;
  readonly outcome: PushOutcome;
  readonly meaning: string;
  readonly mend?: string;
  /** An earlier try got no answer. */
  readonly mayHaveArrived?: true;
  /** The hub that answered last; absent when none was asked. */
  readonly via?: HubPlace;
  /** What failed on the way, such as `primary misconfigured`. */
  readonly failures?: readonly string[];
}

/** What may be shown of a push and its outcome. */
export function sentView({ device, target, handle, ...sent }: SentTest): SentView {
  const { deviceId, platform } = device;
  const { meaning, mend } = outcomeAdvice(sent.outcome);
  return {
    deviceId,
    platform,
    hub: target,
    handle: maskHandle(handle),
    ...sent,
    meaning,
    ...(mend === undefined ? {} : { mend }),
  };
}
