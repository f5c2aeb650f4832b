import { describe, expect, it } from 'vitest';
import { armError, armOk } from '../../../support/arm/arm-answer.ts';
import { clinic } from '../../../support/arm/clinic.ts';
import {
  callSubscription,
  callTypes,
  chatSubscription,
  chatTypes,
} from '../../../support/arm/event-subscription-answer.ts';
import { acsAnswer, apnsToken, pnsAnswer } from '../../../support/arm/healthy-answers.ts';
import type { FakeAnswers } from '../../../support/arm/start-fake-arm.ts';
import { type DoctorChange, everything, runDoctorOn } from './start-doctor-world.ts';

const { acs, alertHub, app } = clinic;
const gone = armError(404, 'ResourceNotFound', 'The Resource was not found.');
const native = { acs, nativePush: true } as const;
const linked = { [`GET ${acs}`]: acsAnswer(alertHub) };

/** A clinic with these event subscriptions, and no question about hubs. */
const subscriptions = (...value: readonly unknown[]): DoctorChange => ({
  options: { acs, hub: alertHub },
  settings: { NOTIFICATION_HUB_VOIP_NAME: '' },
  arm: listed(...value),
});
const listed = (...value: readonly unknown[]): FakeAnswers => ({
  [`GET ${acs}/providers/Microsoft.EventGrid/eventSubscriptions`]: armOk({ value }),
});

const cases: readonly (readonly [string, DoctorChange])[] = [
  ['all-right', { options: everything }],
  ['all-right-as-json', { options: { ...everything, json: true } }],
  [
    'acs-by-name',
    {
      options: { ...everything, acs: 'Clinic-ACS' },
      arm: { [`GET ${clinic.services}`]: armOk({ value: [{ id: acs, name: 'clinic-acs' }] }) },
    },
  ],
  [
    'acs-name-unknown',
    {
      options: { ...everything, acs: 'ward-acs' },
      arm: { [`GET ${clinic.services}`]: armOk({ value: [] }) },
    },
  ],
  ['acs-gone', { options: everything, arm: { [`GET ${acs}`]: gone } }],
  ['rings-twice', { options: everything, arm: linked }],
  ['native-right', { options: native, arm: linked }],
  ['native-not-linked', { options: native }],
  ['native-linked-id-invalid', { options: native, arm: { [`GET ${acs}`]: acsAnswer('clinic-alert') } }],
  ['native-linked-hub-gone', { options: native, arm: { ...linked, [`GET ${alertHub}`]: gone } }],
  [
    'native-other-subscription',
    {
      options: native,
      arm: {
        [`GET ${acs}`]: acsAnswer(
          alertHub.replace(clinic.subscription, '00000000-9999-4999-8999-000000000000'),
        ),
      },
    },
  ],
  [
    'native-no-push-credentials',
    { options: native, arm: { ...linked, [`POST ${alertHub}/pnsCredentials`]: pnsAnswer(alertHub, {}) } },
  ],
  [
    'native-apns-in-certificate-mode',
    {
      options: native,
      arm: {
        ...linked,
        [`POST ${alertHub}/pnsCredentials`]: pnsAnswer(alertHub, {
          apnsCredential: { properties: { thumbprint: '0A1B2C', endpoint: 'gateway.push.apple.com' } },
          fcmV1Credential: { properties: { projectId: 'clinic-app' } },
        }),
      },
    },
  ],
  [
    'native-key-unknown',
    { options: native, arm: linked, settings: { NOTIFICATION_HUB_CONNECTION_STRING: '' } },
  ],
  [
    'native-connection-string-invalid',
    {
      options: native,
      arm: linked,
      settings: { NOTIFICATION_HUB_CONNECTION_STRING: 'Endpoint=sb://clinic-push/' },
    },
  ],
  ['native-hub-name-unknown', { options: native, arm: linked, settings: { NOTIFICATION_HUB_NAME: '' } }],
  [
    'native-connection-string-of-another-hub',
    { options: native, arm: linked, settings: { NOTIFICATION_HUB_NAME: 'clinic-voip' } },
  ],
  ['events-missing', subscriptions()],
  ['events-missing-for-calls', subscriptions(chatSubscription())],
  [
    'events-to-another-app',
    {
      ...subscriptions(callSubscription({ app: `${app}-old` }), chatSubscription()),
      options: { acs, hub: alertHub, app },
    },
  ],
  [
    'calls-given-up-early',
    subscriptions(callSubscription({ maxDeliveryAttempts: 3, ttlMinutes: 2 }), chatSubscription()),
  ],
  ['calls-tried-once', subscriptions(callSubscription({ maxDeliveryAttempts: 1 }), chatSubscription())],
  [
    'calls-with-chat-events',
    subscriptions(
      callSubscription({ eventTypes: [...callTypes, ...chatTypes.slice(0, 1)] }),
      chatSubscription(),
    ),
  ],
  [
    'calls-without-their-end',
    subscriptions(callSubscription({ eventTypes: callTypes.slice(0, 2) }), chatSubscription()),
  ],
  ['calls-of-every-type', subscriptions(callSubscription({ eventTypes: null }), chatSubscription())],
  ['calls-in-batches', subscriptions(callSubscription({ maxEventsPerBatch: 10 }), chatSubscription())],
  ['calls-not-dead-lettered', subscriptions(callSubscription({ deadLetters: false }), chatSubscription())],
  [
    'system-topic-calls-not-dead-lettered',
    {
      ...subscriptions(),
      arm: {
        ...listed(chatSubscription()),
        [`GET ${clinic.systemTopics}`]: armOk({
          value: [{ id: clinic.systemTopic, name: 'clinic-topic', properties: { source: acs } }],
        }),
        [`GET ${clinic.systemTopic}/eventSubscriptions`]: armOk({
          value: [
            {
              ...callSubscription({ deadLetters: false }),
              id: `${clinic.systemTopic}/eventSubscriptions/relay-calls`,
            },
          ],
        }),
      },
    },
  ],
  [
    'calls-not-provisioned',
    subscriptions(callSubscription({ provisioningState: 'AwaitingManualAction' }), chatSubscription()),
  ],
  [
    'chat-with-thread-level-events',
    subscriptions(
      callSubscription(),
      chatSubscription({ eventTypes: [...chatTypes, 'Microsoft.Communication.ChatMessageReceivedInThread'] }),
    ),
  ],
  [
    'chat-given-up-early',
    subscriptions(callSubscription(), chatSubscription({ maxDeliveryAttempts: 3, ttlMinutes: 2 })),
  ],
  [
    'events-through-a-system-topic',
    {
      ...subscriptions(callSubscription()),
      arm: {
        ...listed(callSubscription()),
        [`GET ${clinic.systemTopics}`]: armOk({
          value: [
            { id: clinic.systemTopic, name: 'clinic-topic', properties: { source: acs.toLowerCase() } },
            { id: `${clinic.systemTopic}-2`, name: 'other-topic', properties: { source: clinic.storage } },
          ],
        }),
        // The first is listed twice, as one that was made on the resource can be.
        [`GET ${clinic.systemTopic}/eventSubscriptions`]: armOk({
          value: [callSubscription({ ttlMinutes: 3 }), chatSubscription()],
        }),
      },
    },
  ],
  [
    'nothing-about-voip-in-azure',
    {
      options: { acs, hub: alertHub },
      arm: {
        [`POST ${alertHub}/pnsCredentials`]: pnsAnswer(alertHub, {
          apnsCredential: apnsToken('org.example.clinic'),
        }),
      },
    },
  ],
];

describe('acs-relay doctor and the ACS resource', () => {
  it.each(cases)('reports the case %s as its golden file shows', async (name, change) => {
    await expect(await runDoctorOn(change)).toMatchFileSnapshot(`goldens/${name}.txt`);
  });
});
