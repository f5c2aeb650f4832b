import type { JudgedPush } from '../../../../../src/local/hub-emulator/conformance/rule.ts';
import { aps, headers, ring } from '../../../../support/apple-change.ts';
import { applePush } from '../../../../support/judged-push.ts';
import type { PushRuleCase } from '../../../../support/push-rule-case.ts';

const silent = (priority: string, value: object = { 'content-available': 1 }): Partial<JudgedPush> => ({
  ...headers({ 'apns-push-type': 'background', 'apns-priority': priority }),
  ...aps(value),
});

/** Push types and priorities with and without findings of APNs. */
export const apnsTypeCases: readonly PushRuleCase[] = [
  {
    rule: 'apns-push-type',
    severity: 'error',
    base: applePush,
    good: {
      background: silent('5'),
      voip: ring(),
      liveactivity: headers({ 'apns-push-type': 'liveactivity' }),
    },
    bad: {
      unknown: [headers({ 'apns-push-type': 'silent' }), 'Unknown apns-push-type "silent".'],
      'another case': [headers({ 'apns-push-type': 'Alert' }), 'Unknown apns-push-type "Alert".'],
    },
  },
  {
    rule: 'apns-push-type-missing',
    severity: 'warning',
    base: applePush,
    good: { alert: {} },
    bad: { none: [headers({}, 'apns-push-type'), 'The header apns-push-type is missing.'] },
  },
  {
    rule: 'apns-push-type-payload',
    severity: 'error',
    base: applePush,
    good: {
      'an alert with a badge only': aps({ badge: 0 }),
      'an alert with a sound only': aps({ sound: 'default' }),
      'an alert that wakes the app too': aps({ alert: 'hi', 'content-available': 1 }),
      'a silent push': silent('5'),
      'a silent push with mutable-content': silent('5', { 'content-available': 1, 'mutable-content': 1 }),
      'a ring with nothing': ring(),
    },
    bad: {
      'an alert with nothing to show': [
        aps({}),
        'apns-push-type alert needs "alert", "badge" or "sound" in aps.',
      ],
      'an alert that only wakes': [
        aps({ 'content-available': 1 }),
        'apns-push-type alert needs "alert", "badge" or "sound" in aps.',
      ],
      'a silent push that does not wake': [
        silent('5', {}),
        'apns-push-type background needs "content-available": 1 in aps.',
      ],
      'content-available 0': [
        silent('5', { 'content-available': 0 }),
        'apns-push-type background needs "content-available": 1 in aps.',
      ],
      'a silent push with a sound': [
        silent('5', { 'content-available': 1, sound: 'default' }),
        'apns-push-type background does not allow "alert", "badge" or "sound".',
      ],
    },
  },
  {
    rule: 'apns-voip-topic',
    severity: 'error',
    base: applePush,
    good: { 'a ring through the VoIP hub': ring(), 'an alert through the other': {} },
    bad: {
      'a ring through the alert hub': [
        { ...ring(), voipHub: false },
        'apns-push-type voip needs a hub whose topic ends in .voip.',
      ],
      'an alert through the VoIP hub': [
        { voipHub: true },
        'A hub whose topic ends in .voip accepts only apns-push-type voip, not "alert".',
      ],
      'no push type through the VoIP hub': [
        { ...headers({}, 'apns-push-type'), voipHub: true },
        'A hub whose topic ends in .voip accepts only apns-push-type voip, not "none".',
      ],
    },
  },
  {
    rule: 'apns-priority',
    severity: 'error',
    base: applePush,
    good: {
      5: headers({ 'apns-priority': '5' }),
      1: headers({ 'apns-priority': '1' }),
      none: headers({}, 'apns-priority'),
    },
    bad: {
      7: [headers({ 'apns-priority': '7' }), 'Invalid apns-priority "7".'],
      high: [headers({ 'apns-priority': 'high' }), 'Invalid apns-priority "high".'],
      empty: [headers({ 'apns-priority': '' }), 'Invalid apns-priority "".'],
    },
  },
  {
    rule: 'apns-priority-background',
    severity: 'error',
    base: applePush,
    good: { 5: silent('5'), 'an alert with 10': {} },
    bad: {
      10: [silent('10'), 'apns-push-type background needs apns-priority 5, not 10.'],
      1: [silent('1'), 'apns-push-type background needs apns-priority 5, not 1.'],
      none: [
        { ...silent('5'), ...headers({ 'apns-push-type': 'background' }, 'apns-priority') },
        'apns-push-type background needs apns-priority 5, not 10.',
      ],
    },
  },
  {
    rule: 'apns-priority-content-available',
    severity: 'error',
    base: applePush,
    good: {
      'with an alert': aps({ alert: 'hi', 'content-available': 1 }),
      'priority 5': {
        ...headers({ 'apns-priority': '5' }, 'apns-push-type'),
        ...aps({ 'content-available': 1 }),
      },
      'a background push, which has a rule of its own': silent('10'),
      'a ring': { ...ring(), ...aps({ 'content-available': 1 }) },
    },
    bad: {
      'no push type': [
        { ...headers({}, 'apns-push-type'), ...aps({ 'content-available': 1 }) },
        'apns-priority 10 is an error for a push that contains only "content-available".',
      ],
      'neither type nor priority': [
        { ...headers({}, 'apns-push-type', 'apns-priority'), ...aps({ 'content-available': 1 }) },
        'apns-priority 10 is an error for a push that contains only "content-available".',
      ],
    },
  },
  {
    rule: 'apns-priority-voip',
    severity: 'warning',
    base: applePush,
    good: { 10: ring(), none: { ...ring(), ...headers({ 'apns-push-type': 'voip' }, 'apns-priority') } },
    bad: {
      5: [ring({ 'apns-priority': '5' }), 'A ring with apns-priority 5 may be delayed to save power.'],
    },
  },
];
