import { describe, expect, it } from 'vitest';
import type { AccessRight } from '../../../../../src/cli/arm/notification-hubs.ts';
import { checkAccessPolicy } from '../../../../../src/cli/doctor/checks/access-policy.ts';

const hub = { id: '', subscriptionId: 's', resourceGroup: 'clinic', namespace: 'clinic-push', name: 'alert' };
const endpoint = 'https://clinic-push.servicebus.windows.net';

/** Asks about the policy relay-send, which has these rights and the keys first and second. */
function check(key: string, rights: readonly AccessRight[] = ['Send']) {
  return checkAccessPolicy(hub, { endpoint, keyName: 'relay-send', key }, 'SETTING', {
    accessRule: async (_hub, _level, name) => ({ kind: 'found', value: { name, rights } }),
    accessKeys: async () => ({
      kind: 'found',
      value: { primaryKey: 'first', secondaryKey: 'second', primaryConnectionString: '' },
    }),
  });
}

describe('checkAccessPolicy', () => {
  it.each(['first', 'second'])('accepts the %s key of the policy', async (key) => {
    expect(await check(key)).toEqual({
      kind: 'ok',
      check: 'access-policy',
      about: 'alert, relay-send',
      why: 'It has Send, and the key is current.',
    });
  });

  it('rejects another key', async () => {
    expect(await check('third')).toMatchObject({
      kind: 'wrong',
      why: 'The key in SETTING does not belong to this policy: it was regenerated.',
    });
  });

  it.each<[AccessRight[], string]>([
    [[], 'It has no rights.'],
    [['Listen', 'Manage'], 'It has Listen, Manage, but not Send.'],
  ])('rejects the rights %j', async (rights, why) => {
    expect(await check('first', rights)).toMatchObject({ kind: 'wrong', why });
  });
});
