import { expect, it } from 'vitest';
import { unreadableRowError } from '../../../src/deliveries/ledger-row.ts';

it('says which row, and keeps the cause', () => {
  const cause = new Error('why');
  expect(unreadableRowError('call memory', 'abc123', cause)).toMatchObject({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message:
      'The call memory row in partition abc123 cannot be read: it is not what the relay writes. Delete the row, or find who changed it.',
    cause,
  });
});
