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

describe('fetchConnection', () => {
  it('chooses the policy with only Send, in any order', async () => {
    expect(await fetchFrom(rules)).toMatchObject({
      kind: 'chosen',
      connection: { keyName: 'hub-send' },
      policy: 'Uses the first key of access policy send of alert, which has Send.',
    });
  });

  it('rejects a policy with more rights without --broad', async () => {
    expect(await fetchFrom(rules.slice(0, 2))).toMatchObject({
      kind: 'none',
      why: 'alert has no access policy with only the Send right.',
    });
    expect(await fetchFrom(rules, { rule: 'all' })).toMatchObject({
      kind: 'none',
      why: 'The access policy all also has Listen and Manage. ACS needs only Send, and anyone with the connection string could use the other rights.',
    });
    expect(await fetchFrom(rules, { rule: 'all', broad: true })).toMatchObject({
      kind: 'chosen',
      policy: 'Uses the first key of access policy all of alert, which has Send, Listen, Manage.',
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

describe('readConnection', () => {
  it('accepts a policy with only Send', async () => {
    expect(await read(`${base};EntityPath=Alert`)).toMatchObject({
      kind: 'chosen',
      policy: 'Uses the given key of access policy relay, which has Send.',
    });
  });

  it.each<[AccessRight[], string]>([
    [['Listen', 'Send'], 'Listen'],
    [['Manage', 'Send', 'Listen'], 'Manage and Listen'],
  ])('rejects %j without --broad', async (rights, more) => {
    expect(await read(base, rights)).toMatchObject({
      kind: 'none',
      why: `The access policy relay also has ${more}. ACS needs only Send, and anyone with the connection string could use the other rights.`,
    });
    expect(await read(base, rights, true)).toMatchObject({ kind: 'chosen' });
  });

  it('throws INPUT_UNUSABLE for the connection string of another hub', async () => {
    await expect(read(`${base};EntityPath=voip`)).rejects.toThrow(
      'The connection string does not belong to hub alert in namespace clinic-push: it points to voip at https://clinic-push.servicebus.windows.net.',
    );
  });
});
