import { EnvironmentCredential } from '@azure/identity';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hubError } from '../../../../src/local/hub-emulator/hub-answer.ts';
import { armError, armOk } from '../../../support/arm/arm-answer.ts';
import { clinic } from '../../../support/arm/clinic.ts';
import { acsAnswer, ruleAnswer } from '../../../support/arm/healthy-answers.ts';
import { startHubServer } from '../../notification-hubs/support/start-hub-server.ts';
import { connectionString, type LinkChange, runLinkOn } from './run-link-on.ts';

const { acs, alertHub, voipHub, keyName, key } = clinic;
const elsewhere = alertHub.replace(clinic.subscription, '00000000-9999-4999-8999-000000000000');
const rules = `GET ${alertHub}/authorizationRules`;
const rule = `${rules}/${keyName}`;
const broad = ['Listen', 'Manage', 'Send'];
const gone = armError(404, 'ResourceNotFound', 'The Resource was not found.');
const forbidden = armError(403, 'AuthorizationFailed', 'The client is not authorized.');
const given = { options: { connectionStringEnv: 'LINK' }, given: connectionString() } as const;

/** What Azure is asked to link when all goes well. */
const linked = [
  `{"resourceId":"${alertHub}","connectionString":"Endpoint=HUB/;SharedAccessKeyName=${keyName};SharedAccessKey=${key};EntityPath=clinic-alert"}`,
];

const good: readonly (readonly [string, LinkChange])[] = [
  ['linked-with-a-fetched-key', {}],
  ['linked-with-a-given-key', given],
  [
    'linked-with-a-key-from-standard-input',
    { options: { connectionStringStdin: true }, input: `${connectionString()}\n` },
  ],
  ['linked-again', { arm: { [`GET ${acs}`]: acsAnswer(alertHub) } }],
  [
    'linked-in-place-of-another',
    { arm: { [`GET ${acs}`]: [acsAnswer(voipHub), acsAnswer(alertHub)] }, answer: true },
  ],
  [
    'linked-in-place-of-another-unasked',
    { arm: { [`GET ${acs}`]: [acsAnswer(voipHub), acsAnswer(alertHub)] }, options: { yes: true } },
  ],
  [
    'linked-by-name',
    {
      options: { acs: 'clinic-acs' },
      arm: { [`GET ${clinic.services}`]: armOk({ value: [{ id: acs, name: 'clinic-acs' }] }) },
    },
  ],
  [
    'linked-with-a-broad-policy',
    {
      options: { rule: keyName, broad: true },
      arm: { [rules]: armOk({ value: [ruleAnswer(alertHub, keyName, broad)] }) },
    },
  ],
  ['linked-though-rights-are-unknown', { ...given, arm: { [rule]: forbidden } }],
];

const refused: readonly (readonly [string, LinkChange])[] = [
  [
    'no-policy-with-send-alone',
    { arm: { [rules]: armOk({ value: [ruleAnswer(alertHub, 'DefaultFullSharedAccessSignature', broad)] }) } },
  ],
  ['policy-of-that-name-missing', { options: { rule: 'ward' } }],
  [
    'policy-lacks-send',
    {
      options: { rule: 'ward' },
      arm: { [rules]: armOk({ value: [ruleAnswer(alertHub, 'ward', ['Listen'])] }) },
    },
  ],
  ['policy-too-broad', { options: { rule: 'DefaultFullSharedAccessSignature' } }],
  ['given-policy-too-broad', { ...given, arm: { [rule]: armOk(ruleAnswer(alertHub, keyName, broad)) } }],
  ['given-policy-unknown', { ...given, arm: { [rule]: gone } }],
  ['keys-not-allowed', { arm: { [`POST ${alertHub}/authorizationRules/${keyName}/listKeys`]: forbidden } }],
  ['hub-gone', { arm: { [rules]: gone } }],
  ['hub-unreachable', { hubUrl: 'http://127.0.0.1:9' }],
  ['acs-unknown', { arm: { [`GET ${acs}`]: gone } }],
  ['not-signed-in', { credential: new EnvironmentCredential() }],
  ['wrong-subscription', { options: { hub: elsewhere } }],
  [
    'wrong-subscription-says-azure',
    {
      arm: {
        [`POST ${acs}/linkNotificationHub`]: armError(
          400,
          'WrongSubscription',
          'The notification hub must be in the same subscription as the communication service',
        ),
      },
    },
  ],
  [
    'azure-repeats-the-key',
    {
      arm: {
        [`POST ${acs}/linkNotificationHub`]: armError(
          400,
          'BadRequest',
          `Cannot use SharedAccessKey=${key} here`,
        ),
      },
    },
  ],
  ['linking-finds-no-resource', { arm: { [`POST ${acs}/linkNotificationHub`]: gone } }],
  ['linking-not-allowed', { arm: { [`POST ${acs}/linkNotificationHub`]: forbidden } }],
  ['not-replaced', { arm: { [`GET ${acs}`]: acsAnswer(voipHub) }, answer: false }],
];

describe('acs-relay link', () => {
  it.each(good)('prints what it did: %s', async (name, change) => {
    const run = await runLinkOn(change);
    await expect(run.text).toMatchFileSnapshot(`goldens/${name}.txt`);
    expect(run.linked).toEqual(linked);
  });

  it.each(refused)('links nothing and explains why: %s', async (name, change) => {
    const run = await runLinkOn(change);
    await expect(run.text).toMatchFileSnapshot(`goldens/${name}.txt`);
    expect(run.text).toContain('exit code 1');
    expect(run.linked.length).toBe(/azure|linking/.test(name) ? 1 : 0);
  });

  it.each([
    ['key-regenerated', 401, 'InvalidSignature: The token has an invalid signature.'],
    ['key-without-send', 401, "Unauthorized access. 'Send' claim(s) are required to perform this operation."],
    ['key-of-a-late-clock', 401, 'ExpiredToken: The token is expired.'],
    ['hub-not-in-the-namespace', 404, 'No such hub.'],
    ['hub-busy', 503, 'The server is busy.'],
  ])('links nothing when the hub responds: %s', async (name, status, detail) => {
    const hub = await startHubServer((response) => {
      const { headers, body } = hubError(status, detail);
      response.writeHead(status, { ...headers }).end(body);
    });
    onTestFinished(hub.close);
    const run = await runLinkOn({ hubUrl: hub.endpoint });
    await expect(run.text).toMatchFileSnapshot(`goldens/${name}.txt`);
    expect(run.linked).toEqual([]);
  });

  it('reports that Azure does not show the link afterwards', async () => {
    const run = await runLinkOn({ arm: { [`GET ${acs}`]: acsAnswer() } });
    await expect(run.text).toMatchFileSnapshot('goldens/link-not-shown.txt');
    expect(run.linked).toEqual(linked);
  });
});

describe('acs-relay link --show', () => {
  it.each([
    ['shown', acsAnswer(alertHub)],
    ['shown-none', acsAnswer()],
    ['shown-odd', acsAnswer('clinic-alert\u001b[31m')],
  ])('prints the linked hub: %s', async (name, answer) => {
    const run = await runLinkOn({ options: { show: true }, arm: { [`GET ${acs}`]: answer } });
    await expect(run.text).toMatchFileSnapshot(`goldens/${name}.txt`);
    expect(run.linked).toEqual([]);
  });
});

describe('acs-relay link rejects', () => {
  it.each<readonly [string, LinkChange, string]>([
    [
      'a hub that is not a resource id',
      { options: { hub: 'clinic-alert' } },
      '--hub must be the resource id',
    ],
    [
      'an ACS resource that is neither a name nor an id',
      { options: { acs: 'a b' } },
      '--acs must be the name or the resource id',
    ],
    [
      'an address of Azure without https',
      { options: { armEndpoint: 'http://127.0.0.1:1' } },
      '--arm-endpoint must be an https://',
    ],
    [
      'two sources of one string',
      { options: { rule: 'a', connectionStringEnv: 'LINK' } },
      'Pass only one of --rule, --connection-string-env and --connection-string-stdin.',
    ],
    ['an empty variable', { options: { connectionStringEnv: 'NONE' } }, 'The environment variable NONE'],
    ['a broken connection string', { ...given, given: 'Endpoint=HUB/' }, 'SharedAccessKey is missing'],
    [
      'a connection string of another hub',
      { ...given, given: connectionString().replace('clinic-alert', 'clinic-voip') },
      'it points to clinic-voip at http',
    ],
    [
      'a connection string of another namespace',
      { ...given, given: connectionString().replace('HUB', 'sb://ward-push.servicebus.windows.net') },
      'it points to clinic-alert at https://ward-push.servicebus.windows.net',
    ],
    [
      'a replacement without a terminal',
      { arm: { [`GET ${acs}`]: acsAnswer(voipHub) } },
      'To replace it with clinic-alert, add --yes',
    ],
  ])('%s', async (_what, change, message) => {
    await expect(runLinkOn(change)).rejects.toThrow(message);
  });
});
