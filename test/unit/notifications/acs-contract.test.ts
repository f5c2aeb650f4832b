import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pushContract } from '../../../src/notifications/acs-contract.ts';
import { buildContract } from '../../../src/notifications/acs-object.ts';
import { message, ring } from '../../support/notifications.ts';

describe('the push contract', () => {
  it('matches the published schema (update it with `npm run schema`)', () => {
    const published = readFileSync(
      new URL('../../../docs/push-payload.v1.schema.json', import.meta.url),
      'utf8',
    );
    const { $id, title, ...schema } = JSON.parse(published);
    expect([$id, title]).toEqual(['push-payload.v1.schema.json', 'The acs object of a push, version 1']);
    expect(schema).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(pushContract))));
  });

  it('accepts every kind of notification', () => {
    const calls = ['incoming-call', 'missed-call', 'call-answered', 'call-ended'] as const;
    const chats = [
      'chat-message',
      'chat-message-edited',
      'chat-message-deleted',
      'chat-added',
      'chat-removed',
      'chat-updated',
    ] as const;
    for (const kind of calls)
      expect(pushContract.parse(buildContract({ ...ring, kind }, 'Ben'))).toMatchObject({ kind });
    for (const kind of chats) {
      expect(pushContract.parse(buildContract({ ...message, kind }, undefined))).toMatchObject({ kind });
    }
  });

  it('rejects unknown keys, so that nothing leaks', () => {
    const contract = { ...buildContract(ring, 'Ben'), shrToken: 'x' };
    expect(pushContract.safeParse(contract).success).toBe(false);
  });
});
