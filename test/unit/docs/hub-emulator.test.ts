import { describe, expect, it } from 'vitest';
import { pushRules } from '../../../src/local/hub-emulator/conformance/push-rules.ts';
import { requestRules } from '../../../src/local/hub-emulator/conformance/request-rules.ts';
import { wordsOfType } from '../../support/words-of-type.ts';
import { readPage, tableRows } from './read-pages.ts';

const page = readPage('docs/hub-emulator.md');
const rows = tableRows(page);

const onAnswer = [...requestRules.any, ...requestRules.push];
// The rules of the hub itself are in both lists.
const onPush = [...new Set([...pushRules.apple, ...pushRules.fcmv1])];

describe('docs/hub-emulator.md', () => {
  it('shows every rule with the status or severity, the demand and the document of the code', () => {
    const wanted = [
      ...onAnswer.map(({ id, status, demand, document }) => [`\`${id}\``, String(status), demand, document]),
      ...onPush.map(({ id, severity, demand, document }) => [`\`${id}\``, severity, demand, document]),
    ];
    const shown = rows.filter(([cell = '']) => /^`(hub|apns|fcm)-/.test(cell));
    expect(shown.toSorted()).toEqual(wanted.toSorted());
  });

  it.each([
    ['Notification Hubs', 'notification-hubs'],
    ['APNs', 'apns'],
    ['FCM v1', 'fcm'],
  ])('lists the rules of the judge below the heading %s', (heading, judge) => {
    const section = page.prose.split(/^#{2,3} /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
    const shown = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id = '']) => id);
    const wanted = [...onAnswer, ...onPush].filter((rule) => rule.judge === judge).map(({ id }) => id);
    expect(shown.toSorted()).toEqual(wanted.toSorted());
  });

  it('covers every rule id exactly once', () => {
    const ids = [...onAnswer, ...onPush].map(({ id }) => id);
    const declared = wordsOfType('src/local/hub-emulator/conformance/finding.ts', 'RuleId');
    expect(ids.toSorted()).toEqual(declared.toSorted());
  });

  it('has a row for every drop reason and every fault', () => {
    const cells = rows.map(([cell]) => cell);
    const named = [
      ...wordsOfType('src/local/hub-emulator/phones/phone.ts', 'DropReason'),
      ...wordsOfType('src/local/hub-emulator/faults.ts', 'FaultKind'),
    ];
    expect(named).toHaveLength(11);
    for (const word of named) expect(cells).toContain(`\`${word}\``);
  });
});
