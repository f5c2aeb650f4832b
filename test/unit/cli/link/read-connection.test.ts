import { describe, expect, it } from 'vitest';
import type { AccessRight } from '../../../../src/cli/arm/notification-hubs.ts';
import { readConnection } from '../../../../src/cli/link/connection.ts';

const hub = { id: '', subscriptionId: 's', resourceGroup: 'clinic', namespace: 'clinic-push', name: 'alert' };
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
