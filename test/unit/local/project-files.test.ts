import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTelemetryHostJson } from '../../../scripts/open-telemetry-host-json.ts';
import { settings } from '../../../src/config/settings.ts';
import { emulatorConnectionString } from '../../../src/local/hub-emulator/hub-emulator-options.ts';

const root = join(import.meta.dirname, '../../..');
const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('local.settings.sample.json', () => {
  const sample = readJson('local.settings.sample.json');

  it('has exactly the settings of the relay and of the Functions host', () => {
    expect(sample).toEqual({ IsEncrypted: false, Values: expect.any(Object) });
    const names = Object.keys(Object(Object(sample).Values)).toSorted();
    expect(names).toEqual(
      [...Object.keys(settings), 'AzureWebJobsStorage', 'FUNCTIONS_WORKER_RUNTIME'].toSorted(),
    );
  });

  it('points to the emulator on its default port, with its key', () => {
    const hub = emulatorConnectionString('http://127.0.0.1:7080');
    expect(sample).toMatchObject({
      Values: {
        NOTIFICATION_HUB_CONNECTION_STRING: hub,
        NOTIFICATION_HUB_VOIP_CONNECTION_STRING: hub,
        AzureWebJobsStorage: 'UseDevelopmentStorage=true',
      },
    });
  });
});

describe('host.json', () => {
  const host = readJson('host.json');

  it('uses the Event Grid extension of bundle 4, keeps the api prefix and configures no retries', () => {
    expect(host).toMatchObject({
      version: '2.0',
      functionTimeout: '00:05:00',
      extensionBundle: { id: 'Microsoft.Azure.Functions.ExtensionBundle', version: '[4.*, 5.0.0)' },
      extensions: { http: { routePrefix: 'api' } },
    });
    expect(host).not.toHaveProperty('retry');
  });

  it('never drops requests, exceptions or log lines by sampling: one may be the only trace of a call', () => {
    expect(host).toMatchObject({
      logging: {
        applicationInsights: {
          samplingSettings: { isEnabled: true, excludedTypes: 'Request;Exception;Trace' },
        },
      },
    });
  });

  it('differs for the app with OpenTelemetry only in the mode', () => {
    const text = readFileSync(join(root, 'host.json'), 'utf8');
    expect(JSON.parse(openTelemetryHostJson(text))).toEqual({
      ...Object(host),
      telemetryMode: 'OpenTelemetry',
    });
    expect(host).not.toHaveProperty('telemetryMode');
  });
});
