import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.ts';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';

const connectionString =
  'Endpoint=sb://nhns-made.servicebus.windows.net/;SharedAccessKeyName=relay-send;SharedAccessKey=bWFkZSB1cA==';

/** Outputs of the deployment, as Azure would return them. */
const known: Readonly<Record<string, string>> = {
  'storage.outputs.name': 'stmade',
  'storage.outputs.tableUri': 'https://stmade.table.core.windows.net/',
  'storage.outputs.blobUri': 'https://stmade.blob.core.windows.net/',
  'identity.outputs.clientId': '4d0f8f5e-0000-4000-8000-5b7c6d5e4f3a',
  'monitoring.outputs.connectionString': 'InstrumentationKey=4d0f8f5e-0000-4000-8000-000000000000',
};

let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});

// Evaluates a setting as Azure would, with the defaults of all parameters.
function evaluate(source: string, conditions: Readonly<Record<string, boolean>>): string {
  const [, condition = '', yes = '', no = ''] = /^=(.+) \? (.+) : (.+)$/.exec(source) ?? [];
  if (condition !== '') {
    const holds = condition.split(' && ').every((name) => conditions[name] === true);
    return evaluate(`=${holds ? yes : no}`, conditions);
  }
  const text = source.replace(/^='(.*)'$/, '$1');
  if (text.startsWith('@Microsoft.KeyVault(')) return connectionString;
  if (!text.startsWith('=')) return text.replace(/\$\{([\w.]+)\}/g, (_, name: string) => known[name] ?? '');
  const name = text.replace(/^=(?:string\((\w+)\)|([\w.]+))$/, '$1$2');
  const declared = infra
    .file('main.bicep')
    .declarations.find((one) => one.name === name && (one.kind === 'param' || one.kind === 'var'));
  return known[name] ?? String(declared?.value);
}

const settingsWith = (conditions: Readonly<Record<string, boolean>>) => {
  const given = infra.at(infra.find('main.bicep', 'module', 'functionApp').value, 'params.settings');
  return Object.fromEntries(
    Object.entries(Object(given)).map(([name, source]) => [name, evaluate(String(source), conditions)]),
  );
};

describe('the deployed settings', () => {
  it.each([
    ['one hub', {}, ['relay']],
    ['a VoIP hub too', { withVoip: true }, ['relay', 'relay-voip']],
    ['a secondary hub', { withSecondary: true }, ['relay', 'relay']],
    [
      'all four hubs',
      { withVoip: true, withSecondary: true },
      ['relay', 'relay', 'relay-voip', 'relay-voip'],
    ],
  ])('are valid and configure %s', (_, conditions, hubs) => {
    const { config, warnings } = loadConfig(settingsWith(conditions));
    const { alertHub, voipHub } = config;
    const all = [alertHub.primary, alertHub.secondary, voipHub?.primary, voipHub?.secondary];
    expect(all.flatMap((hub) => hub?.hubName ?? [])).toEqual(hubs);
    expect(warnings).toEqual([]);
  });

  it('configure the managed identity and the defaults of the relay', () => {
    const { config } = loadConfig(settingsWith({}));
    expect(config).toMatchObject({
      storage: {
        kind: 'identity',
        tableServiceUri: 'https://stmade.table.core.windows.net/',
        blobServiceUri: 'https://stmade.blob.core.windows.net/',
        clientId: '4d0f8f5e-0000-4000-8000-5b7c6d5e4f3a',
      },
      ringMs: 30_000,
      chatTtlMs: 86_400_000,
      chatContent: 'full',
      defaultLocale: 'en',
      hubTransport: 'undici',
      devicesPerUser: 25,
      logUserIds: false,
    });
    expect(config).not.toHaveProperty('deviceApi');
    expect(config).not.toHaveProperty('eventsEntra');
  });
});
