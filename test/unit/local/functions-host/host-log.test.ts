import { describe, expect, it } from 'vitest';
import { createHostLog } from '../../../../src/local/functions-host/host-log.ts';

describe('createHostLog', () => {
  it('prints time, level, source and text on one line, and drops debug and trace', () => {
    const lines: string[] = [];
    const log = createHostLog(
      (line) => lines.push(line),
      () => Date.UTC(2026, 10, 22, 9, 0, 1, 250),
    );
    log('relayCalls', 'information', 'one\r\n  two\nthree');
    log('relayCalls', 'critical', 'x');
    log('relayCalls', 'debug', 'x');
    log('relayCalls', 'trace', 'x');
    expect(lines).toEqual([
      '09:00:01.250 info  relayCalls  one two three',
      '09:00:01.250 error relayCalls  x',
    ]);
  });
});
