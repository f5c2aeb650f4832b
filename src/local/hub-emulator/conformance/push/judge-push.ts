import { applyRules } from '../apply-rules.ts';
import type { Finding } from '../finding.ts';
import type { JudgedPush } from './judged-push.ts';
import { pushRules } from './push-rules.ts';

/** What Notification Hubs, APNs or FCM v1 would object to in a push; none for a good one. Pure. */
export function judgePush(push: JudgedPush): readonly Finding[] {
  return applyRules(pushRules[push.format], push);
}
