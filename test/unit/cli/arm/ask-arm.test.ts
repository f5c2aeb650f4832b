import { describe, expect, it } from 'vitest';
import { askArm } from '../../../../src/cli/arm/ask-arm.ts';

const ask = (error: unknown, secrets?: readonly string[]) =>
  askArm('read the hub clinic-alert', () => Promise.reject(error), secrets === undefined ? {} : { secrets });
const failed = (name: string, over: object = {}) => Object.assign(new Error('No.'), { name }, over);

describe('askArm', () => {
  it('returns the result of the request', async () => {
    expect(await askArm('it', async () => 7)).toEqual({ kind: 'found', value: 7 });
  });

  it('returns missing for a 404', async () => {
    expect(await ask(failed('RestError', { statusCode: 404, code: 'ResourceNotFound' }))).toEqual({
      kind: 'missing',
    });
  });

  it.each([
    'CredentialUnavailableError',
    'AggregateAuthenticationError',
    'AuthenticationError',
    'AuthenticationRequiredError',
  ])('suggests az login after %s', async (name) => {
    expect(await ask(failed(name))).toEqual({
      kind: 'failed',
      why: 'Could not read the hub clinic-alert: not signed in to Azure.',
      fix: 'az login',
    });
  });

  it('suggests az login when the token is rejected', async () => {
    expect(await ask(failed('RestError', { statusCode: 401 }))).toMatchObject({ fix: 'az login' });
  });

  it('reports that Azure did not respond', async () => {
    expect(await ask(failed('RestError', { code: 'ENOTFOUND' }))).toEqual({
      kind: 'failed',
      why: 'Could not read the hub clinic-alert: Azure did not respond (ENOTFOUND).',
      fix: 'Check the network, the proxy and --arm-endpoint, then run this command again.',
    });
    expect(await ask(failed('TypeError'))).toMatchObject({
      why: 'Could not read the hub clinic-alert: Azure did not respond (TypeError).',
    });
  });

  it('aborts a request that takes too long', async () => {
    const endless = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    expect(await askArm('read the hub clinic-alert', endless, { timeoutMs: 1 })).toMatchObject({
      why: 'Could not read the hub clinic-alert: Azure did not respond (TIMEOUT).',
    });
  });

  it('keeps the code, and redacts secrets', async () => {
    const error = failed('RestError', { statusCode: 400, code: 'BadRequest', message: 'not with s3cr3t.' });
    expect(await ask(error, ['s3cr3t'])).toMatchObject({
      code: 'BadRequest',
      why: 'Could not read the hub clinic-alert: Azure returned 400 BadRequest: not with [redacted].',
    });
  });
});
