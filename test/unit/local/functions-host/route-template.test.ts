import { describe, expect, it } from 'vitest';
import { compileRoute } from '../../../../src/local/functions-host/route-template.ts';

describe('compileRoute', () => {
  it.each([
    ['api/users/{userId}', '/api/users/4%3A%2B46701234567', { userId: '4:+46701234567' }],
    ['api/users/{userId}', '/API/Users/ada/', { userId: 'ada' }],
    ['users/{userId}/devices/{deviceId?}', '/users/ada/devices', { userId: 'ada' }],
    ['users/{userId}/devices/{deviceId?}', '/users/ada/devices/1', { userId: 'ada', deviceId: '1' }],
    ['a/{n:int}', '/a/-12', { n: '-12' }],
    ['a/{n:int:range(1,5)?}', '/a', {}],
    ['a/{n:int:range(1,5)?}', '/a/5', { n: '5' }],
    [
      'a/{id:guid}',
      '/a/7A2B9221-1ae8-4e5b-800f-8257f1f828cf',
      { id: '7A2B9221-1ae8-4e5b-800f-8257f1f828cf' },
    ],
    ['a/{w:alpha:length(2,3)}', '/a/abc', { w: 'abc' }],
    ['a/{w:minlength(2):maxlength(3)}', '/a/ab', { w: 'ab' }],
    ['a/{n:min(3):max(4)}', '/a/4', { n: '4' }],
    ['a/{b:bool}', '/a/TRUE', { b: 'TRUE' }],
    ['a/{w:regex(^x+$)}', '/a/xx', { w: 'xx' }],
    ['a/{n:long:required}', '/a/99999999999', { n: '99999999999' }],
    ['files/{*path}', '/files/a/b', { path: 'a/b' }],
    ['files/{**path}', '/files', {}],
  ])('%s matches %s', (template, path, parameters) => {
    expect(compileRoute(template).match(path)).toEqual(parameters);
  });

  it.each([
    ['users/{userId}', '/users'],
    ['users/{userId}', '/users/ada/devices'],
    ['users/{userId}', '/groups/ada'],
    ['users/{userId}', '/users/%E0%A4%A'],
    ['a/{n:int}', '/a/12x'],
    ['a/{n:int}', '/a/2147483648'],
    ['a/{n:range(1,5)}', '/a/6'],
    ['a/{n:range(1,5)}', '/a/five'],
    ['a/{id:guid}', '/a/7a2b9221'],
    ['a/{w:alpha}', '/a/a1'],
    ['a/{w:length(2)}', '/a/abc'],
    ['a/{w:minlength(2)}', '/a/a'],
    ['a/{w:maxlength(2)}', '/a/abc'],
    ['a/{n:min(3)}', '/a/2'],
    ['a/{n:max(4)}', '/a/5'],
    ['a/{b:bool}', '/a/yes'],
    ['a/{w:regex(^x+$)}', '/a/xy'],
    ['a/b', '/a'],
  ])('%s does not match %s', (template, path) => {
    expect(compileRoute(template).match(path)).toBeUndefined();
  });

  it('rejects a malformed segment and an unknown constraint', () => {
    expect(() => compileRoute('a/x{id}')).toThrow('a segment that the local host cannot parse: "x{id}"');
    expect(() => compileRoute('a/{id:odd}')).toThrow('Unknown route constraint "odd". Use one of int, long,');
  });

  it('orders more specific routes first', () => {
    const order = ['a/{*rest}', 'a/{id}', 'a/{id:int}', 'a/b'].toSorted((one, other) =>
      compileRoute(one).precedence < compileRoute(other).precedence ? -1 : 1,
    );
    expect(order).toEqual(['a/b', 'a/{id:int}', 'a/{id}', 'a/{*rest}']);
  });
});
