import { aps, headers } from '../../../../support/apple-change.ts';
import { applePush } from '../../../../support/judged-push.ts';
import type { PushRuleCase } from '../../../../support/push-rule-case.ts';

/** Accepted pushes with and without findings of Notification Hubs. */
export const hubPushCases: readonly PushRuleCase[] = [
  {
    rule: 'hub-api-version',
    severity: 'warning',
    base: applePush,
    good: { 'another version': { apiVersion: '2020-06' }, preview: { apiVersion: '2023-10-01-preview' } },
    bad: {
      none: [{ apiVersion: '' }, 'The query has no api-version.'],
      'not a version': [{ apiVersion: 'latest' }, 'The query has the api-version "latest".'],
    },
  },
  {
    rule: 'hub-apple-aps',
    severity: 'error',
    base: applePush,
    good: { 'an empty aps': aps({}) },
    bad: {
      none: [{ payload: { acs: {} } }, 'The Apple payload has no object "aps".'],
      'a text': [{ payload: { aps: 'hi' } }, 'The Apple payload has no object "aps".'],
      'a list': [{ payload: [{ aps: {} }] }, 'The Apple payload has no object "aps".'],
    },
  },
  {
    rule: 'hub-apns-topic',
    severity: 'warning',
    base: applePush,
    good: { none: {} },
    bad: {
      'a topic': [
        headers({ 'apns-topic': 'com.contoso.app' }),
        'The header apns-topic has no effect: the hub determines the topic.',
      ],
    },
  },
];
