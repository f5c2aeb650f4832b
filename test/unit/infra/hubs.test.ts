import { beforeAll, describe, expect, it } from 'vitest';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';

let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});

describe('the notification hubs', () => {
  it('are in a Standard namespace, which reports dead device handles', () => {
    const namespace = infra.find('modules/notification-hubs.bicep', 'resource', 'namespace');
    expect(infra.at(namespace.value, 'sku')).toEqual({ name: 'Standard' });
  });

  it('do not update an existing namespace, which Azure would reject', () => {
    const { decorators } = infra.find('modules/notification-hubs.bicep', 'resource', 'namespace');
    expect(decorators).toEqual(['onlyIfNotExists()']);
  });

  it('use APNs in token mode and FCM v1', () => {
    const hub = infra.find('modules/notification-hub.bicep', 'resource', 'hub');
    expect(infra.at(hub.value, 'properties')).toEqual({
      apnsCredential:
        '=empty(apns.key) ? null : { properties: { token: apnsToken keyId: apns.keyId appId: apns.teamId appName: apns.bundleId endpoint: apns.endpoint } }',
      fcmV1Credential:
        '=empty(fcmServiceAccount) ? null : { properties: { clientEmail: serviceAccount.client_email privateKey: serviceAccount.private_key projectId: serviceAccount.project_id } }',
    });
  });

  it('send to the two addresses of Apple for provider tokens', () => {
    const apns = infra.find('main.bicep', 'var', 'apns');
    expect(infra.at(apns.value, 'endpoint')).toBe(
      "=apnsEnvironment == 'production' ? 'https://api.push.apple.com:443/3/device' : 'https://api.development.push.apple.com:443/3/device'",
    );
  });

  it('are one for alerts and, when calls ring through CallKit, one whose topic ends in .voip', () => {
    const alert = infra.find('modules/notification-hubs.bicep', 'module', 'alertHub');
    expect(alert.condition).toBeUndefined();
    expect(infra.at(alert.value, 'params.apns')).toBe('=apns');
    const voip = infra.find('modules/notification-hubs.bicep', 'module', 'voipHub');
    expect(voip.condition).toBe('(voip)');
    expect(infra.at(voip.value, 'params.apns')).toBe(
      `=union(apns, { bundleId: '$${'{'}apns.bundleId}.voip' })`,
    );
    expect(infra.at(voip.value, 'params.fcmServiceAccount')).toBe('');
  });

  it('have a secondary namespace when its region is given', () => {
    const secondary = infra.find('main.bicep', 'module', 'secondaryHubs');
    expect(secondary).toMatchObject({
      condition: '(withSecondary)',
      target: 'modules/notification-hubs.bicep',
    });
    expect(infra.find('main.bicep', 'var', 'withSecondary').value).toBe('=!empty(secondaryLocation)');
    expect(infra.at(secondary.value, 'params.location')).toBe('=secondaryLocation');
  });

  it('are not linked to the ACS resource, because calls would ring twice', () => {
    const communication = infra.find('modules/communication.bicep', 'resource', 'communication');
    expect(infra.at(communication.value, 'properties')).toEqual({ dataLocation: '=dataLocation' });
  });
});

describe('the ACS resource', () => {
  it('is created unless an existing one is named', () => {
    expect(infra.find('main.bicep', 'module', 'communication').condition).toBe('(empty(acsResourceId))');
    expect(infra.find('main.bicep', 'var', 'acsId').value).toBe(
      "=empty(acsResourceId) ? resourceId('Microsoft.Communication/communicationServices', newAcsName) : acsResourceId",
    );
  });

  it('has its system topic in its own resource group', () => {
    const topic = infra.find('main.bicep', 'module', 'systemTopic');
    expect(infra.at(topic.value, 'scope')).toBe('=resourceGroup(acsResourceGroup)');
    expect(infra.at(topic.value, 'params.acsId')).toBe('=acsId');
  });
});
