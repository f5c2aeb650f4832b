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

describe('an access policy', () => {
  it.each(['first', 'second'])('is right with its %s key', async (key) => {
    expect(await check(key)).toEqual({
      kind: 'ok',
      check: 'access-policy',
      about: 'alert, relay-send',
      why: 'It has Send, and the key is one of its keys.',
    });
  });

  it('is wrong with another key', async () => {
    expect(await check('third')).toMatchObject({
      kind: 'wrong',
      why: 'The key in SETTING is no key of this policy: it was regenerated since.',
    });
  });

  it.each<[AccessRight[], string]>([
    [[], 'It has no right, and not Send.'],
    [['Listen', 'Manage'], 'It has Listen, Manage, and not Send.'],
  ])('is wrong with the rights %j', async (rights, why) => {
    expect(await check('first', rights)).toMatchObject({ kind: 'wrong', why });
  });
});
