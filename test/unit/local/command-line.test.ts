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
    [['--stict'], 'npm start takes --strict and one folder, but not "--stict".'],
    [['/app', '/other'], 'npm start takes --strict and one folder, but not "/other".'],
    [['--strict=yes'], 'npm start takes --strict and one folder, but not "--strict=yes".'],
  ])('refuses %j', (args, message) => {
    expect(() => readStartArguments(args)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message }),
    );
  });
});
