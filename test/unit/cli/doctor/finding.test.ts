import { describe, expect, it } from 'vitest';
import { reportText } from '../../../../src/cli/doctor/finding.ts';

describe('reportText', () => {
  it('keeps texts of Azure from moving the cursor or starting a line', () => {
    const text = reportText(
      [
        { kind: 'wrong', check: 'hub', about: 'a\u001b[2J', why: 'b\nok  settings', fix: 'c\u202e\nd' },
        { kind: 'ok', check: 'clock', why: 'e' },
      ],
      true,
    );
    expect(text).toBe(
      [
        'WRONG            hub (a?[2J): b?ok  settings',
        '                 fix: c?',
        '                      d',
        'ok               clock: e',
        '',
        '2 checks: 1 ok, 1 wrong, 0 could not be checked.',
        '',
      ].join('\n'),
    );
  });
});
