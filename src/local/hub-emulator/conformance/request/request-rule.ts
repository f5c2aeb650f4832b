import type { Rule } from '../rule.ts';
import type { HubCall } from './hub-call.ts';

/** A rule of Notification Hubs whose breach it answers with an error of its own. */
export interface RequestRule extends Rule<HubCall> {
  readonly judge: 'notification-hubs';
  readonly severity: 'error';
  /** The status it answers. */
  readonly status: 400 | 401 | 404 | 413;
}
