/** Every rule of the hub emulator. `docs/hub-emulator.md` has a row for each; ids are never renamed. */
export type RuleId =
  // Notification Hubs
  | 'hub-sas-token'
  | 'hub-sas-signature'
  | 'hub-sas-expiry'
  | 'hub-sas-audience'
  | 'hub-sas-rights'
  | 'hub-name'
  | 'hub-path'
  | 'hub-direct'
  | 'hub-api-version'
  | 'hub-request-size'
  | 'hub-format'
  | 'hub-content-type'
  | 'hub-device-handle'
  | 'hub-payload-json'
  | 'hub-apple-aps'
  | 'hub-apns-topic'
  // APNs
  | 'apns-device-token'
  | 'apns-push-type'
  | 'apns-push-type-missing'
  | 'apns-push-type-payload'
  | 'apns-voip-topic'
  | 'apns-priority'
  | 'apns-priority-background'
  | 'apns-priority-content-available'
  | 'apns-priority-voip'
  | 'apns-collapse-id'
  | 'apns-expiration'
  | 'apns-expiration-past'
  | 'apns-id'
  | 'apns-size'
  // FCM v1
  | 'fcm-registration-token'
  | 'fcm-message'
  | 'fcm-target'
  | 'fcm-data-strings'
  | 'fcm-reserved-keys'
  | 'fcm-reserved-prefixes'
  | 'fcm-priority'
  | 'fcm-ttl'
  | 'fcm-collapse-key'
  | 'fcm-collapse-keys'
  | 'fcm-stored-messages'
  | 'fcm-size';

/** The service that defines the rule. */
export type Judge = 'notification-hubs' | 'apns' | 'fcm';

/**
 * `error`: the service rejects the request, or a document forbids it. `warning`: the service accepts it without doing what
 * the sender may expect, or the effect is not documented.
 */
export type Severity = 'error' | 'warning';

/** A breach of a rule in a request. Plain data without keys or unmasked device handles. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly judge: Judge;
  /** The breach in this request, in one sentence. */
  readonly message: string;
  /** Title of the public document that states the rule. */
  readonly document: string;
}
