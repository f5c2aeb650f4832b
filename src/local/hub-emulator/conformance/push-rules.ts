import { isRecord } from '../../../shared/json.ts';
import { apnsHeaderRules } from './apns-header-rules.ts';
import { apnsTypeRules } from './apns-type-rules.ts';
import { fcmMessageRules } from './fcm-message-rules.ts';
import { fcmStorageRules } from './fcm-storage-rules.ts';
import type { Finding } from './finding.ts';
import { applyRules, type JudgedPush, type Rule } from './rule.ts';

/** Rules of Notification Hubs that do not fail the request. */
const hubPushRules: readonly Rule<JudgedPush>[] = [
  {
    id: 'hub-api-version',
    judge: 'notification-hubs',
    severity: 'warning',
    document: 'Azure Notification Hubs REST API: Direct send',
    demand:
      'The query has an `api-version` of the form `2015-04` (the effect of other values is not documented)',
    check: ({ apiVersion }) =>
      /^\d{4}-\d{2}(-\d{2})?(-preview)?$/.test(apiVersion)
        ? []
        : [`The query has ${apiVersion === '' ? 'no api-version' : `the api-version "${apiVersion}"`}.`],
  },
  {
    id: 'hub-apple-aps',
    judge: 'notification-hubs',
    severity: 'error',
    document:
      'Azure Communication Services: Using Event Grid Notifications to send VOIP call events push payload to Azure Notification Hub',
    demand:
      'An Apple payload is an object with an object `aps`, which may be empty (stated in a code comment of the tutorial)',
    check: ({ format, payload }) =>
      format !== 'apple' || (isRecord(payload) && isRecord(payload['aps']))
        ? []
        : ['The Apple payload has no object "aps".'],
  },
  {
    id: 'hub-apns-topic',
    judge: 'notification-hubs',
    severity: 'warning',
    document: 'Azure Notification Hubs: Use APNS VOIP through Notification Hubs (not officially supported)',
    demand: 'No `apns-topic`: the topic is the bundle id of the hub, and a request cannot override it',
    check: ({ headers }) =>
      headers['apns-topic'] === undefined
        ? []
        : ['The header apns-topic has no effect: the hub determines the topic.'],
  },
];

/** Rules of Notification Hubs, APNs and FCM v1 for an accepted push. */
export const pushRules: {
  readonly apple: readonly Rule<JudgedPush>[];
  readonly fcmv1: readonly Rule<JudgedPush>[];
} = {
  apple: [...hubPushRules, ...apnsTypeRules, ...apnsHeaderRules],
  fcmv1: [...hubPushRules, ...fcmMessageRules, ...fcmStorageRules],
};

/** The findings of Notification Hubs, APNs and FCM v1 in a push. Pure. */
export function judgePush(push: JudgedPush): readonly Finding[] {
  return applyRules(pushRules[push.format], push);
}
