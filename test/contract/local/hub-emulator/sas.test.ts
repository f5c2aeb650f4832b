import { describe, expect, it } from 'vitest';
import { sasToken } from '../../../support/sas-token.ts';
import { startTestHub } from '../../../support/start-test-hub.ts';

const nowSeconds = 1_795_338_000;

describe('the SAS check of the hub emulator', () => {
  it.each([
    ['the namespace', '/'],
    ['the hub', '/relay'],
    ['the hub in capitals', '/RELAY'],
    ['the path', '/relay/messages'],
    ['the whole request', '/relay/messages/?direct&api-version=2015-04'],
  ])('accepts a token for %s', async (_name, resource) => {
    const hub = await startTestHub();
    const authorization = sasToken(`${hub.url}${resource}`, 'test-key=', 'Sender', nowSeconds + 1);
    expect((await hub.send({ headers: { authorization } })).status).toBe(201);
  });

  it('accepts the sb scheme, fields in any order and escapes in lower case', async () => {
    const hub = await startTestHub();
    const token = sasToken(hub.url.replace('http:', 'sb:'), 'test-key=', 'Sender', nowSeconds + 1, 'lower');
    const fields = token.replace('SharedAccessSignature ', '').split('&').reverse();
    expect(
      (await hub.send({ headers: { authorization: `SharedAccessSignature ${fields.join('&')}` } })).status,
    ).toBe(201);
  });

  it.each([
    [
      'a wrong key',
      '/relay',
      'other-key',
      'Sender',
      60,
      'InvalidSignature: the token has an invalid signature.',
    ],
    ['an unknown key name', '/relay', 'test-key=', 'Nobody', 60, 'InvalidSignature: unknown key name.'],
    ['an expired token', '/relay', 'test-key=', 'Sender', 0, 'ExpiredToken: the token has expired.'],
    [
      'another hub',
      '/relay-voip',
      'test-key=',
      'Sender',
      60,
      'InvalidAudience: the token is for another resource.',
    ],
    [
      'the beginning of a hub name',
      '/rel',
      'test-key=',
      'Sender',
      60,
      'InvalidAudience: the token is for another resource.',
    ],
  ])('answers 401 to %s', async (_name, resource, key, keyName, lifeSeconds, detail) => {
    const hub = await startTestHub();
    const authorization = sasToken(`${hub.url}${resource}`, key, keyName, nowSeconds + lifeSeconds);
    const response = await hub.send({ headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe(`<Error><Code>401</Code><Detail>${detail}</Detail></Error>`);
    expect(hub.pushes.list()).toEqual([]);
  });

  it.each([
    ['no token', undefined],
    ['a bearer token', 'Bearer x'],
    ['an empty token', 'SharedAccessSignature '],
    ['a broken escape', 'SharedAccessSignature sr=%&sig=%&se=9999999999&skn=Sender'],
  ])('answers 401 to %s', async (_name, authorization) => {
    const hub = await startTestHub();
    expect((await hub.send({ headers: { authorization } })).status).toBe(401);
  });

  it('answers 401 when the expiry was changed after signing or is not a number', async () => {
    const hub = await startTestHub();
    const token = sasToken(`${hub.url}/relay`, 'test-key=', 'Sender', nowSeconds + 60);
    const later = token.replace('1795338060', '1795339999');
    expect((await hub.send({ headers: { authorization: later } })).status).toBe(401);
    const never = sasToken(`${hub.url}/relay`, 'test-key=', 'Sender', Number.NaN);
    expect((await hub.send({ headers: { authorization: never } })).status).toBe(401);
  });
});
