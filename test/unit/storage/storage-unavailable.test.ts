import { describe, expect, it } from 'vitest';
import { storageUnavailable } from '../../../src/storage/retry.ts';

describe('storageUnavailable', () => {
  it.each([
    [
      Object.assign(new Error('no route'), { name: 'RestError', code: 'ENOTFOUND' }),
      'ENOTFOUND. Check that RELAY_STORAGE',
    ],
    [Object.assign(new Error('x'), { name: 'AbortError' }), 'AbortError. Check that RELAY_STORAGE'],
    [
      { statusCode: 500, details: { odataError: { code: 'InternalError' } } },
      '500 InternalError. It is safe to try again.',
    ],
    [{ statusCode: 401, code: 7, details: 'text' }, '401. Check the key in RELAY_STORAGE'],
    [{ statusCode: 409, code: 'TableBeingDeleted' }, '409 TableBeingDeleted. It is safe to try again.'],
    ['thrown text', 'string. Check that RELAY_STORAGE'],
    [undefined, 'undefined. Check that RELAY_STORAGE'],
  ])('tells what went wrong: %#', (thrown, expected) => {
    const error = storageUnavailable('table devices, list', thrown);
    expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE', class: 'provider' });
    expect(error.message).toContain(`Azure Storage failed (table devices, list): ${expected}`);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('keeps the message of a socket error in the cause, and only the status of an answer', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    expect(storageUnavailable('x', refused).cause).toMatchObject({
      message: 'connect ECONNREFUSED 127.0.0.1:1',
    });
    const answered = Object.assign(new Error('signature abc of 4:+46701234567'), { statusCode: 403 });
    expect(storageUnavailable('x', answered).cause).toMatchObject({ message: 'Azure Storage answered 403' });
  });
});
