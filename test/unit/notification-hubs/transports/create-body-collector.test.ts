import { describe, expect, it } from 'vitest';
import { createBodyCollector } from '../../../../src/notification-hubs/transports/exchange.ts';

describe('createBodyCollector', () => {
  it('gathers chunks as UTF-8 text', () => {
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
