import { describe, expect, it } from 'vitest';
import type { AccessRight, AccessRule } from '../../../../src/cli/arm/notification-hubs.ts';
import { fetchConnection, type LinkOptions, readConnection } from '../../../../src/cli/link/connection.ts';

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

const base =
  'Endpoint=sb://clinic-push.servicebus.windows.net/;SharedAccessKeyName=relay;SharedAccessKey=key';

/** Reads the connection string of a policy with these rights; `broad` is the option. */
const read = (text: string, rights: readonly AccessRight[] = ['Send'], broad = false) =>
  readConnection(
    hub,
    { connectionStringEnv: 'HUB', broad },
    { env: { HUB: text } },
    { accessRule: async (_hub, _level, name) => ({ kind: 'found', value: { name, rights } }) },
  );

describe('a connection string that is given', () => {
  it('is taken with Send alone', async () => {
    expect(await read(`${base};EntityPath=Alert`)).toMatchObject({
      kind: 'chosen',
      policy: 'Takes the given key of the access policy relay, which has Send.',
    });
  });

  it.each<[AccessRight[], string]>([
    [['Listen', 'Send'], 'Listen'],
    [['Manage', 'Send', 'Listen'], 'Manage and Listen'],
  ])('is not taken with %j, unless --broad is given', async (rights, more) => {
    expect(await read(base, rights)).toMatchObject({
      kind: 'none',
      why: `The access policy relay has ${more} too. ACS needs Send alone, and whoever holds the string could do the rest.`,
    });
    expect(await read(base, rights, true)).toMatchObject({ kind: 'chosen' });
  });

  it('is refused when it is that of another hub of the namespace', async () => {
    await expect(read(`${base};EntityPath=voip`)).rejects.toThrow(
      'The connection string is not one of the hub alert in the namespace clinic-push: it leads to voip at https://clinic-push.servicebus.windows.net.',
    );
  });
});
