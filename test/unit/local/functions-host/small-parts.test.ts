import { describe, expect, it } from 'vitest';
import { createHookStore } from '../../../../src/local/functions-host/core-api.ts';
import { createHostLog } from '../../../../src/local/functions-host/host-log.ts';
import { toTypedData } from '../../../../src/local/functions-host/rpc.ts';
import { serializeCookie } from '../../../../src/local/functions-host/rpc-http.ts';

describe('createHostLog', () => {
  it('prints time, level, source and text on one line, and leaves debug and trace out', () => {
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

describe('createHookStore', () => {
  it('runs hooks in order until one throws, and forgets what was taken back', async () => {
    const hooks = createHookStore();
    const ran: string[] = [];
    hooks.register('appStart', () => ran.push('first'));
    const second = hooks.register('appStart', () => ran.push('second'));
    hooks.register('appTerminate', () => ran.push('other'));
    second.dispose();
    hooks.register('appStart', () => {
      throw new Error('broken hook');
    });
    hooks.register('appStart', () => ran.push('never'));
    await expect(hooks.run('appStart', {})).rejects.toThrow('broken hook');
    expect(ran).toEqual(['first']);
  });

  it('refuses a name it does not know', () => {
    expect(() => createHookStore().register('appSleep', () => undefined)).toThrow(
      'Unknown hook "appSleep". Use one of appStart, appTerminate, preInvocation, postInvocation, log.',
    );
  });
});

describe('serializeCookie', () => {
  it('writes what is set and nothing else', () => {
    expect(serializeCookie({ name: 'a', value: '1', sameSite: 'none' })).toBe('a=1; path=/');
    expect(
      serializeCookie({ name: 'a', value: '1', sameSite: 'explicitNone', secure: { value: false } }),
    ).toBe('a=1; path=/; samesite=none');
  });
});

describe('toTypedData', () => {
  it.each([
    ['text', { string: 'text' }],
    [3, { int: 3 }],
    [1.5, { double: 1.5 }],
    [{ a: 1 }, { json: '{"a":1}' }],
    [[1], { json: '[1]' }],
    [true, { json: 'true' }],
    [null, { json: 'null' }],
    [undefined, { json: 'null' }],
  ])('wraps %j', (value, expected) => {
    expect(toTypedData(value)).toEqual(expected);
  });

  it('wraps bytes', () => {
    expect(toTypedData(new Uint8Array([1, 2]))).toEqual({ bytes: new Uint8Array([1, 2]) });
  });
});
