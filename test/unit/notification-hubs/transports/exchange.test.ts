import { describe, expect, it } from 'vitest';
import {
  createBodyCollector,
  errorReason,
  normaliseHeaders,
} from '../../../../src/notification-hubs/transports/exchange.ts';

describe('createBodyCollector', () => {
  it('collects chunks as UTF-8 text', () => {
    const body = createBodyCollector(10);
    const bytes = Buffer.from('aé');
    expect(body.add(bytes.subarray(0, 2))).toBe(true);
    expect(body.add(bytes.subarray(2))).toBe(true);
    expect(body.text()).toBe('aé');
  });

  it('keeps no more than the limit and says when it is reached', () => {
    const body = createBodyCollector(4);
    expect(body.add(Buffer.from('abc'))).toBe(true);
    expect(body.add(Buffer.from('def'))).toBe(false);
    expect(body.add(Buffer.from('ghi'))).toBe(false);
    expect(body.text()).toBe('abcd');
  });
});

describe('errorReason', () => {
  it('returns the code of a network error', () => {
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
  ])('returns UNKNOWN_ERROR for %o', (error) => {
    expect(errorReason(error)).toBe('UNKNOWN_ERROR');
  });
});

describe('normaliseHeaders', () => {
  it('lowers names, joins lists and omits undefined values', () => {
    expect(normaliseHeaders({ TrackingId: 't', 'retry-after': ['1', '2'], x: undefined })).toEqual({
      trackingid: 't',
      'retry-after': '1, 2',
    });
  });
});
