import { describe, expect, it } from 'vitest';
import { readStartArguments } from '../../../src/local/command-line.ts';

describe('readStartArguments', () => {
  it.each([
    [[], { strict: false }],
    [['--strict'], { strict: true }],
    [['/app'], { strict: false, appRoot: '/app' }],
    [['--strict', '/app'], { strict: true, appRoot: '/app' }],
    [['/app', '--strict'], { strict: true, appRoot: '/app' }],
  ])('reads %j', (args, expected) => {
    expect(readStartArguments(args)).toEqual(expected);
  });

  it.each([
    [['--stict'], 'Unexpected argument "--stict". npm start accepts --strict and at most one folder.'],
    [['/app', '/other'], 'Unexpected argument "/other". npm start accepts --strict and at most one folder.'],
    [
      ['--strict=yes'],
      'Unexpected argument "--strict=yes". npm start accepts --strict and at most one folder.',
    ],
  ])('rejects %j', (args, message) => {
    expect(() => readStartArguments(args)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message }),
    );
  });
});
