import { describe, expect, it } from 'vitest';
import { judgePush, pushRules } from '../../../../../src/local/hub-emulator/conformance/push-rules.ts';
import { applePush, fcmPush } from '../../../../support/judged-push.ts';
import { apnsHeaderCases } from './apns-header-cases.ts';
import { apnsTypeCases } from './apns-type-cases.ts';
import { fcmCases } from './fcm-cases.ts';
import { hubPushCases } from './hub-push-cases.ts';

const cases = [...hubPushCases, ...apnsTypeCases, ...apnsHeaderCases, ...fcmCases];

it('finds nothing in a good push', () => {
  expect(judgePush(applePush)).toEqual([]);
  expect(judgePush(fcmPush)).toEqual([]);
});

it('has cases for every rule', () => {
  const ids = new Set([...pushRules.apple, ...pushRules.fcmv1].map(({ id }) => id));
  expect(cases.map(({ rule }) => rule).sort()).toEqual([...ids].sort());
});

describe.each(cases)('the rule $rule', ({ rule, severity, base, good, bad }) => {
  const found = (change: object) =>
    judgePush({ ...base, ...change }).filter((finding) => finding.rule === rule);

  it.each(Object.entries(good))('accepts %s', (_name, change) => {
    expect(found(change)).toEqual([]);
  });

  it.each(Object.entries(bad))('reports %s', (_name, [change, ...messages]) => {
    const findings = found(change);
    expect(findings.map(({ message }) => message)).toEqual(messages);
    expect(new Set(findings.map((finding) => finding.severity))).toEqual(new Set([severity]));
  });
});
