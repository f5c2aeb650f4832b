import type { RuleId } from './rule-id.ts';

/** The service that would object. */
export type Judge = 'notification-hubs' | 'apns' | 'fcm';

/**
 * `error`: the service refuses the request, or a document forbids it. `warning`: the service takes it and does not do
 * what the sender may expect, or the documents are silent.
 */
export type Severity = 'error' | 'warning';

/** One thing that a service would object to in a request. Plain data; holds no key and no whole device handle. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly judge: Judge;
  /** What is wrong with this request, in one sentence. */
  readonly message: string;
  /** Title of the public document that the rule comes from. */
  readonly document: string;
}
