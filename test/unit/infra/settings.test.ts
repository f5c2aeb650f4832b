import { beforeAll, describe, expect, it } from 'vitest';
import { type Setting, settings } from '../../../src/config/settings.ts';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';

/** Settings that the deployment leaves out, and why. */
const leftOut: Readonly<Record<string, string>> = {
  RELAY_STORAGE: 'a connection string contains a key, and the storage account accepts no keys',
  HUB_TRANSPORT: 'azure-sb is not in the package; undici is the default',
};

/** Settings of the Functions host that the deployment sets. */
const hostSettings = [
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__credential',
];

let infra: Infra;
let given: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  infra = await readInfra();
  given = Object(infra.at(infra.find('main.bicep', 'module', 'functionApp').value, 'params.settings'));
});

describe('the settings of the Function App', () => {
  it('are those of the host and those of the relay, except the ones left out for a reason', () => {
    const expected = Object.keys(settings).filter((name) => leftOut[name] === undefined);
    expect(Object.keys(given).toSorted()).toEqual([...expected, ...hostSettings].toSorted());
  });

  it('leave out only settings that exist', () => {
    expect(Object.keys(leftOut).filter((name) => !Object.keys(settings).includes(name))).toEqual([]);
  });

  it.each(
    Object.entries<Setting>(settings).filter(([name, { secret }]) => secret && leftOut[name] === undefined),
  )('set the secret %s to a key vault reference, or leave it empty', (name) => {
    const reference =
      /^(=.+ \? ')?@Microsoft\.KeyVault\(SecretUri=\$\{keyVault\.outputs\.uri\}secrets\/[a-z-]+\)(' : '')?$/;
    expect(given[name]).toMatch(reference);
  });

  it('refer to secrets that the hub modules write', () => {
    const named = Object.values(given).flatMap((value) =>
      [...String(value).matchAll(/secrets\/([a-z-]+)\)/g)].map(([, name = '']) => name),
    );
    const starts = ['hubs', 'secondaryHubs'].map((name) =>
      infra.at(infra.find('main.bicep', 'module', name).value, 'params.connectionStringPrefix'),
    );
    const ends = ['alertHub', 'voipHub'].map((name) =>
      infra.at(
        infra.find('modules/notification-hubs.bicep', 'module', name).value,
        'params.connectionStringName',
      ),
    );
    expect(starts).toEqual(['hub', 'hub-secondary']);
    expect(ends).toEqual(['$' + '{connectionStringPrefix}-alert', '$' + '{connectionStringPrefix}-voip']);
    expect(named).toEqual(['hub-alert', 'hub-voip', 'hub-secondary-alert', 'hub-secondary-voip']);
  });

  it('name the two hubs that are created', () => {
    expect(infra.find('main.bicep', 'var', 'hubName').value).toBe('relay');
    expect(infra.find('main.bicep', 'var', 'voipHubName').value).toBe('relay-voip');
    expect(given).toMatchObject({
      NOTIFICATION_HUB_NAME: '=hubName',
      NOTIFICATION_HUB_VOIP_NAME: "=withVoip ? voipHubName : ''",
      NOTIFICATION_HUB_SECONDARY_NAME: "=withSecondary ? hubName : ''",
      NOTIFICATION_HUB_VOIP_SECONDARY_NAME: "=withSecondary && withVoip ? voipHubName : ''",
    });
  });

  it('include none that Flex Consumption rejects', () => {
    // "App settings reference for Azure Functions", Flex Consumption plan deprecations (Microsoft).
    const refused = /^(FUNCTIONS_|WEBSITE_|ENABLE_ORYX_BUILD$|SCM_DO_BUILD_DURING_DEPLOYMENT$)/;
    expect(Object.keys(given).filter((name) => refused.test(name))).toEqual([]);
  });

  it('are applied one by one', () => {
    const app = infra.find('modules/function-app.bicep', 'resource', 'app');
    expect(infra.at(app.value, 'properties.siteConfig.appSettings')).toBe(
      '=[ for setting in items(settings): { name: setting.key value: setting.value } ]',
    );
  });
});

describe('the parameters for settings', () => {
  // load-config.ts checks the same range.
  it.each([
    ['RING_SECONDS', 'ringSeconds', 30, ['minValue(5)', 'maxValue(120)']],
    ['CHAT_TTL_SECONDS', 'chatTtlSeconds', 86_400, ['minValue(60)', 'maxValue(2419200)']],
    ['CHAT_CONTENT', 'chatContent', 'full', ["allowed(['full', 'sender', 'none'])"]],
    ['DEFAULT_LOCALE', 'defaultLocale', 'en', []],
    ['DEVICE_TTL_DAYS', 'deviceTtlDays', 180, ['minValue(1)', 'maxValue(3650)']],
    ['DEVICES_PER_USER', 'devicesPerUser', 25, ['minValue(1)', 'maxValue(100)']],
    ['LOG_USER_IDS', 'logUserIds', false, []],
  ] as const)('%s has the default and the range of the relay', (setting, name, value, ranges) => {
    const parameter = infra.find('main.bicep', 'param', name);
    expect(parameter.value).toBe(value);
    expect(settings[setting].default).toBe(String(value));
    expect(parameter.decorators).toEqual(ranges);
  });

  it.each(Object.keys(settings).filter((name) => /^(RING|CHAT|DEFAULT|DEVICE|EVENTS|LOG)/.test(name)))(
    '%s is read from the environment under its own name',
    (setting) => {
      const name = setting.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      const assigned = infra.find('main.bicepparam', 'var', name);
      expect(String(assigned.value)).toContain(`readEnvironmentVariable('${setting}', `);
      expect(String(given[setting])).toContain(name);
    },
  );
});
