import { describe, expect, it } from 'vitest';
import { planLocalRun } from '../../../src/local/plan-local-run.ts';

const addresses = { hubConnectionString: 'HUB', storageConnectionString: 'STORAGE' };
const realHub = 'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=k';

describe('planLocalRun', () => {
  it('starts the emulator and Azurite when nothing is set', () => {
    const plan = planLocalRun({}, {});
    expect(plan.needsEmulator).toBe(true);
    expect(plan.needsAzurite).toBe(true);
    expect(plan.settings(addresses)).toEqual({
      FUNCTIONS_WORKER_RUNTIME: 'node',
      AzureWebJobsStorage: 'STORAGE',
      NOTIFICATION_HUB_CONNECTION_STRING: 'HUB',
      NOTIFICATION_HUB_NAME: 'relay',
      NOTIFICATION_HUB_VOIP_CONNECTION_STRING: 'HUB',
      NOTIFICATION_HUB_VOIP_NAME: 'relay-voip',
    });
  });

  it('uses only the real hub of the file, without a default VoIP hub', () => {
    const plan = planLocalRun(
      { NOTIFICATION_HUB_CONNECTION_STRING: realHub, NOTIFICATION_HUB_NAME: 'mine' },
      {},
    );
    expect(plan.needsEmulator).toBe(false);
    expect(plan.needsAzurite).toBe(true);
    expect(plan.settings({ storageConnectionString: 'STORAGE' })).toEqual({
      FUNCTIONS_WORKER_RUNTIME: 'node',
      AzureWebJobsStorage: 'STORAGE',
      NOTIFICATION_HUB_CONNECTION_STRING: realHub,
      NOTIFICATION_HUB_NAME: 'mine',
    });
  });

  it('keeps a storage account on a loopback address', () => {
    const storage =
      'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=k;BlobEndpoint=http://127.0.0.1:10000/a;TableEndpoint=http://127.0.0.1:10002/a;';
    const plan = planLocalRun({ RELAY_STORAGE: storage }, {});
    expect(plan.settings(addresses)['RELAY_STORAGE']).toBe(storage);
  });

  it('treats a hub on a loopback address as the emulator and keeps its hub name', () => {
    const plan = planLocalRun(
      {
        NOTIFICATION_HUB_CONNECTION_STRING:
          'Endpoint=http://127.0.0.1:7080/;SharedAccessKey=x;EntityPath=mine',
      },
      {},
    );
    expect(plan.needsEmulator).toBe(true);
    expect(plan.settings(addresses)['NOTIFICATION_HUB_CONNECTION_STRING']).toBe('HUB;EntityPath=mine');
  });

  it('does not start Azurite for a real storage account', () => {
    const plan = planLocalRun({ AzureWebJobsStorage: 'AccountName=a', RELAY_STORAGE: 'AccountName=b' }, {});
    expect(plan.needsAzurite).toBe(false);
    expect(plan.settings(addresses)).toMatchObject({
      AzureWebJobsStorage: 'AccountName=a',
      RELAY_STORAGE: 'AccountName=b',
    });
  });

  it('prefers the environment over the file', () => {
    const plan = planLocalRun(
      { RING_SECONDS: '45', CHAT_CONTENT: 'none' },
      {
        RING_SECONDS: '20',
        NOTIFICATION_HUB_CONNECTION_STRING: realHub,
        RELAY_STORAGE: 'UseDevelopmentStorage=true',
        AzureWebJobsStorage: 'AccountName=a',
        HOME: '/home/ada',
      },
    );
    expect(plan.needsEmulator).toBe(false);
    expect(plan.needsAzurite).toBe(true);
    expect(plan.settings(addresses)).toEqual({
      FUNCTIONS_WORKER_RUNTIME: 'node',
      AzureWebJobsStorage: 'AccountName=a',
      RING_SECONDS: '20',
      CHAT_CONTENT: 'none',
      NOTIFICATION_HUB_CONNECTION_STRING: realHub,
      RELAY_STORAGE: 'STORAGE',
    });
  });
});
