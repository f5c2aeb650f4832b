import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pushRules } from '../../../src/local/hub-emulator/conformance/push/push-rules.ts';
import { requestRules } from '../../../src/local/hub-emulator/conformance/request/request-rules.ts';
import { readPage, root, tableRows } from './read-pages.ts';

const page = readPage('docs/hub-emulator.md');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const words = (text: string) => [...text.matchAll(/'([a-z0-9-]+)'/g)].map(([, word = '']) => word);
const rows = tableRows(page);

const onAnswer = [...requestRules.any, ...requestRules.push];
// The rules of the hub itself are in both lists.
const onPush = [...new Set([...pushRules.apple, ...pushRules.fcmv1])];

describe('docs/hub-emulator.md', () => {
  it('has every rule with its breach, its demand and its document, as the code has it', () => {
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
  ])('has the rules of its judge below %s', (heading, judge) => {
    const section = page.prose.split(/^#{2,3} /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
    const shown = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id = '']) => id);
    const wanted = [...onAnswer, ...onPush].filter((rule) => rule.judge === judge).map(({ id }) => id);
    expect(shown.toSorted()).toEqual(wanted.toSorted());
  });

  it('and the code have one list of rules, each once', () => {
    const ids = [...onAnswer, ...onPush].map(({ id }) => id);
    const declared = words(read('src/local/hub-emulator/conformance/rule-id.ts'));
    expect(ids.toSorted()).toEqual(declared.toSorted());
  });

  it('has every reason to drop a push and every fault', () => {
    const cells = rows.map(([cell]) => cell);
    const [, reasons = ''] = read('src/local/hub-emulator/phones/phone.ts').split('export type DropReason =');
    const [, faults = ''] = read('src/local/hub-emulator/faults/fault-switch.ts').split(
      'export type FaultKind =',
    );
    const named = [reasons, faults].flatMap((text) => words(text.split(';')[0] ?? ''));
    expect(named).toHaveLength(11);
    for (const word of named) expect(cells).toContain(`\`${word}\``);
  });
});
