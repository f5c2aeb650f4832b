import { describe, expect, it } from 'vitest';
import { normaliseHeaders } from '../../../../src/notification-hubs/transports/exchange.ts';

describe('normaliseHeaders', () => {
  it('lowers names, joins lists and leaves out what is undefined', () => {
    expect(normaliseHeaders({ TrackingId: 't', 'retry-after': ['1', '2'], x: undefined })).toEqual({
      trackingid: 't',
      'retry-after': '1, 2',
    });
  });
});
