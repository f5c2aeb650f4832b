import { beforeAll, describe, expect, it } from 'vitest';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';

let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});
const resource = (path: string, name: string) => infra.find(path, 'resource', name).value;

describe('secrets', () => {
  const secret = /key$|serviceAccount$|^apns$|password|token$|credential/i;
  /** Parameters that look like a secret but are not. */
  const harmless: readonly string[] = [];

  it('are passed as secure parameters without a default', () => {
    const parameters = infra.files
      .filter(({ path }) => path.endsWith('.bicep'))
      .flatMap(({ path, declarations }) => declarations.map((one) => ({ path, ...one })))
      .filter(({ kind }) => kind === 'param');
    const open = parameters
      .filter(({ name }) => secret.test(name) && !harmless.includes(name))
      .filter(({ decorators, value = '' }) => !decorators.includes('secure()') || value !== '');
    expect(open.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
    const secure = parameters.filter(({ decorators }) => decorators.includes('secure()'));
    expect(secure.map(({ path, name }) => `${path}: ${name}`)).toEqual([
      'main.bicep: apnsKey',
      'main.bicep: fcmServiceAccount',
      'modules/notification-hub.bicep: apns',
      'modules/notification-hub.bicep: fcmServiceAccount',
      'modules/notification-hubs.bicep: apns',
      'modules/notification-hubs.bicep: fcmServiceAccount',
    ]);
  });

  it('are in no output: no secure parameter, nothing derived from one, and no listed key', () => {
    const leaks = infra.files.flatMap(({ path, declarations }) => {
      const tainted = new Set(
        declarations.filter(({ decorators }) => decorators.includes('secure()')).map(({ name }) => name),
      );
      for (const { kind, name, names } of declarations) {
        if (kind === 'var' && names.some((one) => tainted.has(one.name))) tainted.add(name);
      }
      return declarations
        .filter(({ kind }) => kind === 'output')
        .filter(
          ({ names, value }) =>
            names.some(({ name }) => tainted.has(name)) || /\blist\w*\(|\.value\b/.test(String(value)),
        )
        .map(({ name }) => `${path}: ${name}`);
    });
    expect(leaks).toEqual([]);
  });

  it('are listed in only one place, which writes them into the key vault', () => {
    const listing = infra.files.flatMap(({ path, declarations }) =>
      declarations
        .filter(({ value }) => JSON.stringify(value ?? '').includes('list'))
        .map(({ name }) => `${path}: ${name}`),
    );
    expect(listing).toEqual(['modules/notification-hub.bicep: connectionString']);
    expect(infra.find('modules/notification-hub.bicep', 'resource', 'connectionString')).toMatchObject({
      target: 'Microsoft.KeyVault/vaults/secrets@2023-07-01',
      value: {
        properties: {
          value:
            "=keySlot == 'secondary' ? sendRule.listKeys().secondaryConnectionString : sendRule.listKeys().primaryConnectionString",
        },
      },
    });
  });

  it('of a hub grant only the Send right', () => {
    expect(infra.at(resource('modules/notification-hub.bicep', 'sendRule'), 'properties')).toEqual({
      rights: ['Send'],
    });
  });
});

describe('roles', () => {
  it('are the smallest built-in ones', () => {
    const roles = infra.files.flatMap(({ path, declarations }) =>
      declarations
        .filter(
          ({ kind, value }) =>
            kind === 'var' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value)),
        )
        .map(({ name, value }) => `${path}: ${name} ${value}`),
    );
    // "Azure built-in roles" (Microsoft).
    expect(roles).toEqual([
      'modules/dead-letter-access.bicep: storageBlobDataContributor ba92f5b4-2d11-453d-a403-e96b0029c9fe',
      'modules/key-vault.bicep: keyVaultSecretsUser 4633458b-17de-408a-874b-0445c86b69e6',
      'modules/monitoring.bicep: monitoringMetricsPublisher 3913510d-42f4-4e42-8a64-420c390055eb',
      'modules/storage.bicep: storageBlobDataOwner b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
      'modules/storage.bicep: storageBlobDataContributor ba92f5b4-2d11-453d-a403-e96b0029c9fe',
      'modules/storage.bicep: storageTableDataContributor 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    ]);
  });

  it('are assigned on one resource each, under a stable name', () => {
    const given = infra.files.flatMap(({ declarations }) =>
      declarations.filter(({ target }) => target?.startsWith('Microsoft.Authorization/roleAssignments@')),
    );
    expect(given).toHaveLength(5);
    for (const { value } of given) {
      expect(infra.at(value, 'scope')).toMatch(/^=(account|container|vault|applicationInsights)$/);
      expect(infra.at(value, 'name')).toMatch(/^=guid\((account|container|vault|applicationInsights)\.id, /);
    }
  });

  it('let Event Grid write only into the dead-letter container', () => {
    expect(infra.at(resource('modules/dead-letter-access.bicep', 'eventGridMayWrite'), 'scope')).toBe(
      '=container',
    );
    const topic = resource('modules/system-topic.bicep', 'topic');
    expect(infra.at(topic, 'identity')).toEqual({ type: 'SystemAssigned' });
    expect(infra.at(topic, 'properties.topicType')).toBe('Microsoft.Communication.CommunicationServices');
  });
});

describe('resources', () => {
  it('accept no keys and no old TLS: storage', () => {
    expect(infra.at(resource('modules/storage.bicep', 'account'), 'properties')).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
    });
  });

  it('accept no keys and no old TLS: the Function App', () => {
    const app = resource('modules/function-app.bicep', 'app');
    expect(infra.at(app, 'properties')).toMatchObject({
      httpsOnly: true,
      keyVaultReferenceIdentity: '=identityId',
      siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', ftpsState: 'Disabled' },
      functionAppConfig: {
        deployment: {
          storage: {
            type: 'blobContainer',
            authentication: {
              type: 'UserAssignedIdentity',
              userAssignedIdentityResourceId: '=identityId',
            },
          },
        },
      },
    });
    for (const name of ['noPasswordForFtp', 'noPasswordForDeployments']) {
      expect(infra.at(resource('modules/function-app.bicep', name), 'properties.allow')).toBe(false);
    }
  });

  it('accept no keys: Application Insights and its workspace', () => {
    const insights = resource('modules/monitoring.bicep', 'applicationInsights');
    expect(infra.at(insights, 'properties.DisableLocalAuth')).toBe(true);
    const workspace = resource('modules/monitoring.bicep', 'workspace');
    expect(infra.at(workspace, 'properties.features.disableLocalAuth')).toBe(true);
  });

  it('grant access to the key vault through roles', () => {
    expect(infra.at(resource('modules/key-vault.bicep', 'vault'), 'properties')).toMatchObject({
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      enablePurgeProtection: '=purgeProtection ? true : null',
    });
  });

  it('have pinned API versions that are known to have the properties in use', () => {
    const targets = infra.files.flatMap(({ declarations }) =>
      declarations.filter(({ kind }) => kind === 'resource').map(({ target }) => target),
    );
    expect([...new Set(targets)].toSorted()).toEqual([
      'Microsoft.Authorization/roleAssignments@2022-04-01',
      'Microsoft.Communication/communicationServices@2023-04-01',
      'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15',
      'Microsoft.EventGrid/systemTopics@2025-02-15',
      'Microsoft.Insights/actionGroups@2023-01-01',
      'Microsoft.Insights/components@2020-02-02',
      'Microsoft.Insights/metricAlerts@2018-03-01',
      'Microsoft.Insights/scheduledQueryRules@2022-06-15',
      'Microsoft.KeyVault/vaults/secrets@2023-07-01',
      'Microsoft.KeyVault/vaults@2023-07-01',
      'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31',
      'Microsoft.NotificationHubs/namespaces/notificationHubs/authorizationRules@2023-10-01-preview',
      'Microsoft.NotificationHubs/namespaces/notificationHubs@2023-10-01-preview',
      'Microsoft.NotificationHubs/namespaces@2023-10-01-preview',
      'Microsoft.OperationalInsights/workspaces@2023-09-01',
      'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01',
      'Microsoft.Storage/storageAccounts/blobServices@2023-05-01',
      'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01',
      'Microsoft.Storage/storageAccounts@2023-05-01',
      'Microsoft.Web/serverfarms@2024-04-01',
      'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01',
      'Microsoft.Web/sites@2024-04-01',
    ]);
  });
});
