import { describe, expect, it } from 'vitest';
import { errorReason } from '../../../../src/notification-hubs/transports/exchange.ts';

describe('errorReason', () => {
  it('gives the code of a network error', () => {
    expect(errorReason(Object.assign(new Error('secret'), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
  });

  it.each([
    new Error('secret'),
    Object.assign(new Error('secret'), { code: 42 }),
    Object.assign(new Error('secret'), { code: 'secret value' }),
    Object.assign(new Error('secret'), { code: 'A'.repeat(61) }),
    'secret',
    null,
    undefined,
  ])('gives UNKNOWN_ERROR for %o', (error) => {
    expect(errorReason(error)).toBe('UNKNOWN_ERROR');
  });
});
