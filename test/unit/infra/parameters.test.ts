import { beforeAll, describe, expect, it } from 'vitest';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';
import { codeWords, readPage, tableRows } from '../docs/read-pages.ts';

let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});

const variableOf = (value: unknown) => /readEnvironmentVariable\('(\w+)'/.exec(String(value))?.[1];
const defaultOf = (value: unknown) => /readEnvironmentVariable\('\w+', '([^']*)'\)/.exec(String(value))?.[1];

/** Required parameters, as they are read. */
const required: Readonly<Record<string, string>> = {
  // Its default is the region of the resource group, which a parameter file cannot read.
  location: "=readEnvironmentVariable('AZURE_LOCATION')",
  // When left out by mistake, they would remove the credentials of the hubs.
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

  it('reads exactly the variables that docs/deploy.md explains', () => {
    const read = infra.file('main.bicepparam').declarations.map(({ value }) => variableOf(value));
    expect(read).toHaveLength(new Set(read).size);
    const explained = tableRows(readPage('docs/deploy.md'))
      .flatMap(([cell = '']) => codeWords(cell))
      .filter((word) => /^[A-Z][A-Z_]+$/.test(word));
    expect(explained.toSorted()).toEqual(read.toSorted());
  });
});

describe('event-subscriptions.bicepparam', () => {
  it('reads only outputs of main.bicep', () => {
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
