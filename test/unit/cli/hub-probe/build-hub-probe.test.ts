import { describe, expect, it } from 'vitest';
import { buildHubProbe } from '../../../../src/notification-hubs/probe.ts';

describe('buildHubProbe', () => {
  it('asks for a Direct Send to no device, in a format that does not exist, with a body that is no payload', () => {
    expect(buildHubProbe('clinic-alert')).toEqual({
      path: '/clinic-alert/messages/?direct&api-version=2015-04',
      headers: {
        'servicebusnotification-format': 'acs-relay-probe',
        'servicebusnotification-tags': 'acs-relay-probe-for-nobody',
        'content-type': 'application/json;charset=utf-8',
      },
      body: '[]',
    });
  });

  it('keeps `direct` with every name a hub can have', () => {
    expect(buildHubProbe('a?b#c/d').path).toBe('/a%3Fb%23c%2Fd/messages/?direct&api-version=2015-04');
  });
});
