import { describe, expect, it } from 'vitest';
import { toTypedData } from '../../../../src/local/functions-host/rpc.ts';

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
  ])('wraps %j as the host expects it', (value, expected) => {
    expect(toTypedData(value)).toEqual(expected);
  });

  it('wraps a Uint8Array as bytes', () => {
    expect(toTypedData(new Uint8Array([1, 2]))).toEqual({ bytes: new Uint8Array([1, 2]) });
  });
});
