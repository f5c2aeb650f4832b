import type { Rule } from '../rule.ts';
import { apnsHeaderRules } from './apns-header-rules.ts';
import { apnsTypeRules } from './apns-type-rules.ts';
import { fcmMessageRules } from './fcm-message-rules.ts';
import { fcmStorageRules } from './fcm-storage-rules.ts';
import { hubPushRules } from './hub-push-rules.ts';
import type { JudgedPush } from './judged-push.ts';

/** What Notification Hubs, APNs and FCM v1 check in a push that the hub has taken. */
export const pushRules: {
  readonly apple: readonly Rule<JudgedPush>[];
  readonly fcmv1: readonly Rule<JudgedPush>[];
} = {
  apple: [...hubPushRules, ...apnsTypeRules, ...apnsHeaderRules],
  fcmv1: [...hubPushRules, ...fcmMessageRules, ...fcmStorageRules],
};
