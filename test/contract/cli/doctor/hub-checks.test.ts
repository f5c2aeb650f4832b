import { EnvironmentCredential } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import { armError, armOk } from '../../../support/arm/arm-answer.ts';
import { clinic } from '../../../support/arm/clinic.ts';
import { apnsToken, fcmV1, keysAnswer, pnsAnswer, ruleAnswer } from '../../../support/arm/healthy-answers.ts';
import type { FakeAnswers } from '../../../support/arm/start-fake-arm.ts';
import { type DoctorChange, runDoctorOn } from './start-doctor-world.ts';

const { alertHub, voipHub, keyName, namespace } = clinic;
const hubs = { hub: alertHub, voipHub } as const;
/** Looks at the alert hub alone. */
const alert = (arm: FakeAnswers): DoctorChange => ({
  options: { hub: alertHub },
  settings: { NOTIFICATION_HUB_VOIP_NAME: '' },
  arm,
});
const alertCredentials = `POST ${alertHub}/pnsCredentials`;
const voipCredentials = `POST ${voipHub}/pnsCredentials`;
const rule = `GET ${alertHub}/authorizationRules/${keyName}`;
const gone = armError(404, 'ResourceNotFound', 'The Resource was not found.');
const forbidden = armError(
  403,
  'AuthorizationFailed',
  `The client 'ada@clinic.example' does not have authorization over scope '${alertHub}'.`,
);

const cases: readonly (readonly [string, DoctorChange])[] = [
  ['hubs-right', { options: hubs }],
  ['not-signed-in', { options: { ...hubs, acs: clinic.acs }, credential: new EnvironmentCredential() }],
  ['not-allowed', alert({ [`GET ${alertHub}`]: forbidden })],
  [
    'may-read-but-not-list-credentials',
    alert({
      [alertCredentials]: forbidden,
      [`POST ${alertHub}/authorizationRules/${keyName}/listKeys`]: forbidden,
    }),
  ],
  ['azure-fails', alert({ [`GET ${alertHub}`]: armError(500, 'InternalServerError', 'Try again.') })],
  ['answer-of-unknown-form', alert({ [alertCredentials]: armOk({ properties: 'none' }) })],
  ['hub-gone', alert({ [`GET ${alertHub}`]: gone })],
  ['other-hub-than-in-the-settings', { options: { hub: voipHub } }],
  ['push-credentials-not-shown', alert({ [alertCredentials]: gone })],
  ['no-push-credentials', alert({ [alertCredentials]: pnsAnswer(alertHub, {}) })],
  [
    'apns-in-certificate-mode',
    alert({
      [alertCredentials]: pnsAnswer(alertHub, {
        apnsCredential: {
          properties: {
            apnsCertificate: 'aW52ZW50ZWQ=',
            certificateKey: 'invented',
            endpoint: 'gateway.push.apple.com',
            thumbprint: '0A1B2C',
          },
        },
        fcmV1Credential: fcmV1,
      }),
    }),
  ],
  [
    'legacy-fcm-only',
    alert({
      [alertCredentials]: pnsAnswer(alertHub, {
        apnsCredential: apnsToken('org.example.clinic'),
        gcmCredential: {
          properties: { gcmEndpoint: 'https://fcm.googleapis.com/fcm/send', googleApiKey: 'invented' },
        },
      }),
    }),
  ],
  [
    'no-android-app',
    {
      options: { hub: alertHub, platforms: ['apns'] },
      settings: { NOTIFICATION_HUB_VOIP_NAME: '' },
      arm: { [alertCredentials]: pnsAnswer(alertHub, { apnsCredential: apnsToken('org.example.clinic') }) },
    },
  ],
  [
    'voip-bundle-without-voip',
    {
      options: hubs,
      arm: { [voipCredentials]: pnsAnswer(voipHub, { apnsCredential: apnsToken('org.example.clinic') }) },
    },
  ],
  [
    'voip-bundle-of-another-app',
    {
      options: hubs,
      arm: { [voipCredentials]: pnsAnswer(voipHub, { apnsCredential: apnsToken('org.example.ward.voip') }) },
    },
  ],
  [
    'voip-hub-in-sandbox',
    {
      options: hubs,
      arm: {
        [voipCredentials]: pnsAnswer(voipHub, {
          apnsCredential: apnsToken(
            'org.example.clinic.voip',
            'https://api.development.push.apple.com:443/3/device',
          ),
        }),
      },
    },
  ],
  ['voip-hub-without-credentials', { options: hubs, arm: { [voipCredentials]: pnsAnswer(voipHub, {}) } }],
  ['policy-without-send', alert({ [rule]: armOk(ruleAnswer(alertHub, keyName, ['Listen'])) })],
  [
    'policy-with-more-than-send',
    alert({ [rule]: armOk(ruleAnswer(alertHub, keyName, ['Listen', 'Manage', 'Send'])) }),
  ],
  ['policy-missing', alert({ [rule]: gone })],
  [
    'policy-key-regenerated',
    alert({ [`POST ${alertHub}/authorizationRules/${keyName}/listKeys`]: keysAnswer('bmV3LWtleQ==', '') }),
  ],
  [
    'policy-of-the-namespace-regenerated',
    alert({
      [rule]: gone,
      [`GET ${namespace}/authorizationRules/${keyName}`]: armOk(ruleAnswer(namespace, keyName, ['Send'])),
      [`POST ${namespace}/authorizationRules/${keyName}/listKeys`]: keysAnswer('bmV3LWtleQ==', ''),
    }),
  ],
];

describe('acs-relay doctor and the hubs in Azure', () => {
  it('queries Azure with nothing but a subscription', async () => {
    const said = await runDoctorOn({ options: { subscription: clinic.subscription } });
    expect(said).not.toContain('Azure was not queried.');
    expect(said).toContain('could not check  hub (clinic-alert): ');
  });

  it.each(cases)('reports the case %s as its golden file shows', async (name, change) => {
    await expect(await runDoctorOn(change)).toMatchFileSnapshot(`goldens/${name}.txt`);
  });
});
