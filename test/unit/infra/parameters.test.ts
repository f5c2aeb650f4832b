import { beforeAll, describe, expect, it } from 'vitest';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';
import { codeWords, readPage, tableRows } from '../docs/read-pages.ts';

let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});

const variableOf = (value: unknown) => /readEnvironmentVariable\('(\w+)'/.exec(String(value))?.[1];
const defaultOf = (value: unknown) => /readEnvironmentVariable\('\w+', '([^']*)'\)/.exec(String(value))?.[1];

/** Parameters that somebody must give, as they are read. */
const required: Readonly<Record<string, string>> = {
  // Its default is the region of the resource group, which no file of parameters can ask for.
  location: "=readEnvironmentVariable('AZURE_LOCATION')",
  // Left out by mistake, they would take the credentials of the hubs away.
  apnsKey: "=readEnvironmentVariable('APNS_KEY') == 'none' ? '' : readEnvironmentVariable('APNS_KEY')",
  fcmServiceAccount:
    "=readEnvironmentVariable('FCM_SERVICE_ACCOUNT') == 'none' ? '' : readEnvironmentVariable('FCM_SERVICE_ACCOUNT')",
};

describe('main.bicepparam', () => {
  it('reads every parameter from the environment, with the default of main.bicep', () => {
    const wrong = infra.file('main.bicepparam').declarations.flatMap(({ name, value }) => {
      const { value: expected } = infra.find('main.bicep', 'param', name);
      if (required[name] !== undefined) return value === required[name] ? [] : [name];
      return defaultOf(value) === String(expected) ? [] : [`${name}: ${defaultOf(value)}, not ${expected}`];
    });
    expect(wrong).toEqual([]);
  });

  it('reads variables that docs/deploy.md explains, and no other is explained there', () => {
    const read = infra.file('main.bicepparam').declarations.map(({ value }) => variableOf(value));
    expect(read).toHaveLength(new Set(read).size);
    const explained = tableRows(readPage('docs/deploy.md'))
      .flatMap(([cell = '']) => codeWords(cell))
      .filter((word) => /^[A-Z][A-Z_]+$/.test(word));
    expect(explained.toSorted()).toEqual(read.toSorted());
  });
});

describe('event-subscriptions.bicepparam', () => {
  it('reads outputs of main.bicep', () => {
    const outputs = infra.file('main.bicep').declarations.filter(({ kind }) => kind === 'output');
    const read = infra
      .file('event-subscriptions.bicepparam')
      .declarations.map(({ value }) => variableOf(value));
    expect(read).toEqual([
      'AZURE_SYSTEM_TOPIC_NAME',
      'AZURE_FUNCTION_APP_ID',
      'AZURE_STORAGE_ACCOUNT_ID',
      'AZURE_DEAD_LETTER_CONTAINER',
    ]);
    expect(outputs.map(({ name }) => name)).toEqual(expect.arrayContaining(read));
  });
});
