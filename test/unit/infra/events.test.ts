import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventTypes } from '../../../src/events/event-types.ts';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';
import { root } from '../docs/read-pages.ts';

const file = 'event-subscriptions.bicep';
const functionNames = globSync('functions/*.ts', { cwd: root }).flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/app\.eventGrid\('(\w+)'/g)].map(
    ([, name = '']) => name,
  ),
);

let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});
const read = (name: string, path: string) => infra.at(infra.find(file, 'resource', name).value, path);

describe('the event subscriptions', () => {
  it('are two subscriptions of the system topic', () => {
    const made = infra
      .file(file)
      .declarations.filter(({ kind, existing }) => kind === 'resource' && !existing);
    expect(made.map(({ name }) => name)).toEqual(['calls', 'chat']);
    expect(made.map(({ value }) => infra.at(value, 'parent'))).toEqual(['=topic', '=topic']);
    expect(made.map(({ value }) => infra.at(value, 'name'))).toEqual(['relay-calls', 'relay-chat']);
  });

  it('include exactly the event types that the relay turns into pushes, except names that Azure retired', () => {
    const pushed = Object.entries(eventTypes)
      .filter(([type, reader]) => typeof reader !== 'string' && !type.includes('ChatMember'))
      .map(([type]) => type);
    const included = ['calls', 'chat'].flatMap(
      (name) => read(name, 'properties.filter.includedEventTypes') ?? [],
    );
    expect(included.toSorted()).toEqual(pushed.toSorted());
  });

  it('send calls to one Function and chat to the other', () => {
    expect(functionNames.toSorted()).toEqual(['relayCalls', 'relayChat']);
    expect(read('calls', 'properties.destination')).toEqual({
      endpointType: 'AzureFunction',
      properties: {
        resourceId: '$' + '{functionAppId}/functions/relayCalls',
        maxEventsPerBatch: 1,
        preferredBatchSizeInKilobytes: 64,
      },
    });
    expect(read('chat', 'properties.destination')).toEqual({
      endpointType: 'AzureFunction',
      properties: {
        resourceId: '$' + '{functionAppId}/functions/relayChat',
        maxEventsPerBatch: 1,
        preferredBatchSizeInKilobytes: 64,
      },
    });
    expect(read('calls', 'properties.filter.includedEventTypes')).toEqual([
      'Microsoft.Communication.IncomingCall',
      'Microsoft.Communication.CallParticipantAdded',
      'Microsoft.Communication.CallEnded',
    ]);
  });

  it('retry calls and chat for a day, so that a missed call outlives an outage', () => {
    expect(read('calls', 'properties.retryPolicy')).toEqual({
      maxDeliveryAttempts: 30,
      eventTimeToLiveInMinutes: 1440,
    });
    expect(read('chat', 'properties.retryPolicy')).toEqual({
      maxDeliveryAttempts: 30,
      eventTimeToLiveInMinutes: 1440,
    });
  });

  it('write dead letters with an identity into the container of the relay', () => {
    const dead = infra.find(file, 'var', 'deadLettering').value;
    expect(dead).toEqual({
      identity: { type: 'SystemAssigned' },
      deadLetterDestination: {
        endpointType: 'StorageBlob',
        properties: { resourceId: '=storageAccountId', blobContainerName: '=deadLetterContainerName' },
      },
    });
    for (const name of ['calls', 'chat']) {
      expect(read(name, 'properties.deadLetterWithResourceIdentity')).toBe('=deadLettering');
      expect(read(name, 'properties.deadLetterDestination')).toBeUndefined();
    }
  });

  it('use the same container as the code and the storage account', () => {
    const code = readFileSync(join(root, 'src/app/compose-app.ts'), 'utf8');
    expect(code).toContain("createAzureBlobStore(config.storage, 'dead-letters')");
    expect(infra.find(file, 'param', 'deadLetterContainerName').value).toBe('dead-letters');
    expect(infra.find('modules/storage.bicep', 'var', 'deadLetterContainerName').value).toBe('dead-letters');
  });
});

describe('the Function App', () => {
  it('keeps an instance always ready for the Function that rings', () => {
    const app = infra.find('modules/function-app.bicep', 'resource', 'app').value;
    const scale = infra.at(app, 'properties.functionAppConfig.scaleAndConcurrency.alwaysReady');
    expect(scale).toBe(
      "=concat( alwaysReadyForCalls == 0 ? [] : [ { name: 'function:relayCalls' instanceCount: alwaysReadyForCalls } ], alwaysReadyForChat == 0 ? [] : [ { name: 'function:relayChat' instanceCount: alwaysReadyForChat } ] )",
    );
    expect(infra.find('main.bicep', 'param', 'alwaysReadyForCalls').value).toBe(1);
    expect(infra.find('main.bicep', 'param', 'alwaysReadyForChat').value).toBe(0);
  });

  it('runs on Flex Consumption with Node 22, which package.json allows', () => {
    const plan = infra.find('modules/function-app.bicep', 'resource', 'plan').value;
    expect(infra.at(plan, 'sku')).toEqual({ name: 'FC1', tier: 'FlexConsumption' });
    const app = infra.find('modules/function-app.bicep', 'resource', 'app').value;
    expect(infra.at(app, 'properties.functionAppConfig.runtime')).toEqual({ name: 'node', version: '22' });
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).toMatchObject({
      engines: { node: '>=22' },
    });
  });
});
