import { describe, expect, it } from 'vitest';
import { askArm } from '../../../../src/cli/arm/ask-arm.ts';

const ask = (error: unknown, secrets?: readonly string[]) =>
  askArm('the hub clinic-alert', () => Promise.reject(error), secrets === undefined ? {} : { secrets });
const failed = (name: string, over: object = {}) => Object.assign(new Error('No.'), { name }, over);

describe('askArm', () => {
  it('gives what was found', async () => {
    expect(await askArm('it', async () => 7)).toEqual({ kind: 'found', value: 7 });
  });

  it('tells what is missing', async () => {
    expect(await ask(failed('RestError', { statusCode: 404, code: 'ResourceNotFound' }))).toEqual({
      kind: 'missing',
    });
  });

  it.each([
    'CredentialUnavailableError',
    'AggregateAuthenticationError',
    'AuthenticationError',
    'AuthenticationRequiredError',
  ])('asks to sign in after %s', async (name) => {
    expect(await ask(failed(name))).toEqual({
      kind: 'failed',
      why: 'Azure was not asked for the hub clinic-alert: nobody is signed in.',
      mend: 'az login',
    });
  });

  it('asks to sign in when the token is refused', async () => {
    expect(await ask(failed('RestError', { statusCode: 401 }))).toMatchObject({ mend: 'az login' });
  });

  it('tells that no answer came', async () => {
    expect(await ask(failed('RestError', { code: 'ENOTFOUND' }))).toEqual({
      kind: 'failed',
      why: 'Azure gave no answer about the hub clinic-alert (ENOTFOUND).',
      mend: 'Check the network, the proxy and --arm-endpoint, then run this command again.',
    });
    expect(await ask(failed('TypeError'))).toMatchObject({
      why: 'Azure gave no answer about the hub clinic-alert (TypeError).',
    });
  });

  it('ends a question that takes too long', async () => {
    const endless = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    expect(await askArm('the hub clinic-alert', endless, { timeoutMs: 1 })).toMatchObject({
      why: 'Azure gave no answer about the hub clinic-alert (TIMEOUT).',
    });
  });

  it('keeps the code, and repeats no secret', async () => {
    const error = failed('RestError', { statusCode: 400, code: 'BadRequest', message: 'not with s3cr3t.' });
    expect(await ask(error, ['s3cr3t'])).toMatchObject({
      code: 'BadRequest',
      why: 'Azure answered 400 BadRequest about the hub clinic-alert: not with [redacted].',
    });
  });
});
