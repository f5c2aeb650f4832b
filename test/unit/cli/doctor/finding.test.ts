import { describe, expect, it } from 'vitest';
import { reportText } from '../../../../src/cli/doctor/finding.ts';

describe('reportText', () => {
  it('lets no text of Azure move the cursor or begin a line of its own', () => {
    const text = reportText(
      [
        { kind: 'wrong', check: 'hub', about: 'a\u001b[2J', why: 'b\nok  settings', mend: 'c\u202e\nd' },
        { kind: 'ok', check: 'clock', why: 'e' },
      ],
      true,
    );
    expect(text).toBe(
      [
        'WRONG            hub (a?[2J): b?ok  settings',
        '                 mend: c?',
        '                       d',
        'ok               clock: e',
        '',
        '2 checks: 1 ok, 1 wrong, 0 could not be checked.',
        '',
      ].join('\n'),
    );
  });
});
