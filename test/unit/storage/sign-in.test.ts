import type { GetTokenOptions } from '@azure/core-auth';
import { describe, expect, it } from 'vitest';
import { createLastingCredential } from '../../../src/storage/sign-in.ts';

const scope = 'https://storage.azure.com/.default';

/** A credential that gives these tokens, and fails where there is none. */
function scripted(...tokens: readonly (string | undefined)[]) {
  const asked: (GetTokenOptions | undefined)[] = [];
  const pauses: number[] = [];
  const credential = createLastingCredential(
    {
      getToken: async (_scopes, options) => {
        const token = tokens[asked.length];
        asked.push(options);
        if (token === undefined) throw new Error('503');
        return { token, expiresOnTimestamp: 0 };
      },
    },
    async (ms) => {
      pauses.push(ms);
    },
  );
  return { credential, asked, pauses };
}

describe('createLastingCredential', () => {
  it('repeats a renewal that fails in the background, since a rejection would end the process', async () => {
    const { credential, pauses } = scripted('first', undefined, undefined, 'second');
    expect(await credential.getToken(scope)).toMatchObject({ token: 'first' });
    expect(await credential.getToken(scope)).toMatchObject({ token: 'second' });
    expect(pauses).toEqual([3_000, 3_000]);
  });

  it('rejects without a retry when the first token fails, since a caller waits for it', async () => {
    const { credential, pauses } = scripted(undefined, 'first');
    await expect(credential.getToken(scope)).rejects.toThrow('503');
    expect(await credential.getToken(scope)).toMatchObject({ token: 'first' });
    expect(pauses).toEqual([]);
  });

  it('does not abort the token request when the storage request that came first ends', async () => {
    const { credential, asked } = scripted('first');
    await credential.getToken(scope, { abortSignal: AbortSignal.abort(), enableCae: true });
    expect(asked).toEqual([{ enableCae: true, abortSignal: expect.objectContaining({ aborted: false }) }]);
  });
});
