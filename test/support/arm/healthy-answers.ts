import { armOk } from './arm-answer.ts';
import { clinic } from './clinic.ts';
import { callSubscription, chatSubscription } from './event-subscription-answer.ts';
import type { FakeAnswers } from './start-fake-arm.ts';

/** An ACS resource ("Communication Services - Get"). */
export const acsAnswer = (notificationHubId?: string) =>
  armOk({
    id: clinic.acs,
    name: 'clinic-acs',
    type: 'Microsoft.Communication/CommunicationServices',
    location: 'global',
    properties: {
      provisioningState: 'Succeeded',
      hostName: 'clinic-acs.europe.communication.azure.com',
      dataLocation: 'Europe',
      immutableResourceId: 'c0ffee00-0000-4000-8000-00000000acs1',
      ...(notificationHubId === undefined ? {} : { notificationHubId }),
    },
  });

/** APNs in token mode as `pnsCredentials` shows it. */
export const apnsToken = (appName: string, endpoint = 'https://api.push.apple.com:443/3/device') => ({
  properties: {
    appId: 'TEAM123456',
    appName,
    keyId: 'KEY1234567',
    token: 'aW52ZW50ZWQtYXBucy1rZXk=',
    endpoint,
  },
});

/** FCM v1 as `pnsCredentials` shows it. */
export const fcmV1 = {
  properties: {
    clientEmail: 'push@clinic-app.iam.gserviceaccount.com',
    privateKey: 'aW52ZW50ZWQtZmNtLWtleQ==',
    projectId: 'clinic-app',
  },
};

/** The answer of "Notification Hubs - Get Pns Credentials", version 2023-10-01-preview. */
export const pnsAnswer = (hubId: string, properties: Readonly<Record<string, unknown>>) =>
  armOk({
    id: hubId,
    name: hubId.split('/').at(-1),
    type: 'Microsoft.NotificationHubs/namespaces/notificationHubs/pnsCredentials',
    properties,
  });

/** An access policy ("Notification Hubs - Get Authorization Rule"). */
export const ruleAnswer = (hubId: string, name: string, rights: readonly string[]) => ({
  id: `${hubId}/authorizationRules/${name}`,
  name,
  type: 'Microsoft.NotificationHubs/namespaces/notificationHubs/authorizationRules',
  location: 'West Europe',
  properties: { rights, keyName: name, claimType: 'SharedAccessKey', claimValue: 'None' },
});

/** The answer of "Notification Hubs - List Keys". */
export const keysAnswer = (key: string, connectionString: string, keyName: string = clinic.keyName) =>
  armOk({
    primaryConnectionString: connectionString,
    secondaryConnectionString:
      'Endpoint=sb://clinic-push.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=b3RoZXI=',
    primaryKey: key,
    secondaryKey: 'c2Vjb25kYXJ5LWtleS1vZi10aGUtY2xpbmlj',
    keyName,
  });

const hub = (id: string) =>
  armOk({
    id,
    name: id.split('/').at(-1),
    type: 'Microsoft.NotificationHubs/namespaces/notificationHubs',
    location: 'West Europe',
    properties: { authorizationRules: [] },
  });

/** Everything as it should be for a clinic that uses the relay: what one test changes is put over it. */
export function healthyAnswers(): FakeAnswers {
  const { acs, alertHub, voipHub, keyName, key } = clinic;
  const rule = (id: string) => `${id}/authorizationRules/${keyName}`;
  return {
    [`GET ${acs}`]: acsAnswer(),
    [`GET ${acs}/providers/Microsoft.EventGrid/eventSubscriptions`]: armOk({
      value: [callSubscription(), chatSubscription()],
    }),
    [`GET ${clinic.systemTopics}`]: armOk({ value: [] }),
    [`GET ${alertHub}`]: hub(alertHub),
    [`GET ${voipHub}`]: hub(voipHub),
    [`POST ${alertHub}/pnsCredentials`]: pnsAnswer(alertHub, {
      apnsCredential: apnsToken('org.example.clinic'),
      fcmV1Credential: fcmV1,
    }),
    [`POST ${voipHub}/pnsCredentials`]: pnsAnswer(voipHub, {
      apnsCredential: apnsToken('org.example.clinic.voip'),
    }),
    [`GET ${rule(alertHub)}`]: armOk(ruleAnswer(alertHub, keyName, ['Send'])),
    [`GET ${rule(voipHub)}`]: armOk(ruleAnswer(voipHub, keyName, ['Send'])),
    [`POST ${rule(alertHub)}/listKeys`]: keysAnswer(key, ''),
    [`POST ${rule(voipHub)}/listKeys`]: keysAnswer(key, ''),
  };
}
