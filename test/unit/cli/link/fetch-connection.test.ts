import { describe, expect, it } from 'vitest';
import type { AccessRule } from '../../../../src/cli/arm/notification-hubs.ts';
import { fetchConnection, type LinkOptions } from '../../../../src/cli/link/connection.ts';

const hub = { id: '', subscriptionId: 's', resourceGroup: 'clinic', namespace: 'clinic-push', name: 'alert' };
const rules: readonly AccessRule[] = [
  { name: 'all', rights: ['Send', 'Listen', 'Manage'] },
  { name: 'listen', rights: ['Listen'] },
  { name: 'send', rights: ['Send'] },
];

const fetchFrom = (some: readonly AccessRule[], options: Pick<LinkOptions, 'rule' | 'broad'> = {}) =>
  fetchConnection(hub, options, {
    accessRules: async () => ({ kind: 'found', value: some }),
    accessKeys: async (_hub, level, rule) => ({
      kind: 'found',
      value: {
        primaryKey: 'key',
        secondaryKey: '',
        primaryConnectionString: `Endpoint=sb://clinic-push.servicebus.windows.net/;SharedAccessKeyName=${level}-${rule};SharedAccessKey=key`,
      },
    }),
  });

describe('the access policy that a hub is linked with', () => {
  it('is the one with Send alone, whatever comes first', async () => {
    expect(await fetchFrom(rules)).toMatchObject({
      kind: 'chosen',
      connection: { keyName: 'hub-send' },
      policy: 'Takes the first key of the access policy send of alert, which has Send.',
    });
  });

  it('is never one with more, unless it is asked for', async () => {
    expect(await fetchFrom(rules.slice(0, 2))).toMatchObject({
      kind: 'none',
      why: 'alert has no access policy with Send alone.',
    });
    expect(await fetchFrom(rules, { rule: 'all' })).toMatchObject({
      kind: 'none',
      why: 'The access policy all has Listen and Manage too. ACS needs Send alone, and whoever holds the string could do the rest.',
    });
    expect(await fetchFrom(rules, { rule: 'all', broad: true })).toMatchObject({
      kind: 'chosen',
      policy: 'Takes the first key of the access policy all of alert, which has Send, Listen, Manage.',
    });
  });
});
