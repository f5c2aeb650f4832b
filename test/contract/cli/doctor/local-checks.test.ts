import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { hubError } from '../../../../src/local/hub-emulator/hub-answer.ts';
import { clinic } from '../../../support/arm/clinic.ts';
import { startHubServer } from '../../notification-hubs/support/start-hub-server.ts';
import { type DoctorChange, runDoctorOn } from './start-doctor-world.ts';

/** A hub that gives these answers in turn, the last one again and again. */
async function hubThatAnswers(
  ...answers: readonly { readonly status: number; readonly detail: string; readonly date?: string }[]
) {
  const hub = await startHubServer((response, _request) => {
    const answer = answers[Math.min(hub.requests.length, answers.length) - 1];
    const { status = 500, detail = '', date } = answer ?? {};
    const { headers, body } = hubError(status, detail);
    response.writeHead(status, { ...headers, ...(date === undefined ? {} : { date }) }).end(body);
  });
  onTestFinished(hub.close);
  return hub;
}

const alertHubOnly = { NOTIFICATION_HUB_VOIP_NAME: '' };
const tracked = '.TrackingId:7f5b1c1e-2222-4333-8444-555566667777_G2,TimeStamp:11/22/2026 9:00:00 AM';
const formatRefused = { status: 400, detail: `The notification format is invalid${tracked}` };
const keyRefused = { status: 401, detail: `InvalidSignature: The token has an invalid signature.${tracked}` };

const cases: readonly (readonly [string, () => Promise<DoctorChange> | DoctorChange])[] = [
  ['nothing-wrong-here', () => ({})],
  [
    'settings-missing',
    () => ({
      settings: { NOTIFICATION_HUB_CONNECTION_STRING: '', RELAY_STORAGE: '', RING_SECONDS: '"a. b"' },
    }),
  ],
  [
    'connection-string-invalid',
    () => ({
      settings: { NOTIFICATION_HUB_CONNECTION_STRING: `Endpoint=contoso;SharedAccessKey=${clinic.key}` },
    }),
  ],
  [
    'settings-in-key-vault',
    () => ({
      settings: {
        NOTIFICATION_HUB_CONNECTION_STRING:
          '@Microsoft.KeyVault(SecretUri=https://clinic.vault.azure.net/secrets/hub/)',
        NOTIFICATION_HUB_VOIP_NAME: '',
      },
    }),
  ],
  [
    'storage-in-key-vault',
    () => ({ settings: { RELAY_STORAGE: '@Microsoft.KeyVault(VaultName=clinic;SecretName=storage)' } }),
  ],
  ['setting-misspelled', () => ({ settings: { RING_SECOND: '20' } })],
  [
    'storage-key-wrong',
    () => ({
      settings: {
        RELAY_STORAGE: inject('azurite').replace(/AccountKey=[^;]*/, 'AccountKey=d3Jvbmcta2V5'),
      },
    }),
  ],
  [
    'storage-unreachable',
    () => ({
      settings: {
        RELAY_STORAGE:
          'DefaultEndpointsProtocol=http;AccountName=clinicstore;AccountKey=d3Jvbmcta2V5;BlobEndpoint=http://127.0.0.1:9/clinicstore;TableEndpoint=http://127.0.0.1:9/clinicstore',
      },
    }),
  ],
  ['hub-unreachable', () => ({ hubUrl: 'http://127.0.0.1:9', settings: alertHubOnly })],
  ['hub-missing', () => ({ settings: { ...alertHubOnly, NOTIFICATION_HUB_NAME: 'clinic-alerts' } })],
  [
    'key-regenerated',
    async () => ({
      hubUrl: (await hubThatAnswers(keyRefused)).endpoint,
      settings: alertHubOnly,
      options: { hub: clinic.alertHub },
    }),
  ],
  [
    'send-right-missing',
    async () => ({
      hubUrl: (
        await hubThatAnswers({
          status: 401,
          detail: `Unauthorized access. 'Send' claim(s) are required to perform this operation.${tracked}`,
        })
      ).endpoint,
      settings: alertHubOnly,
      options: { hub: clinic.alertHub },
    }),
  ],
  [
    'hub-that-checks-no-key',
    async () => ({ hubUrl: (await hubThatAnswers(formatRefused)).endpoint, settings: alertHubOnly }),
  ],
  [
    'hub-that-takes-everything',
    async () => ({
      hubUrl: (await hubThatAnswers({ status: 201, detail: '' })).endpoint,
      settings: alertHubOnly,
    }),
  ],
  [
    'hub-throttled',
    async () => ({
      hubUrl: (await hubThatAnswers({ status: 429, detail: 'The request was terminated.' })).endpoint,
      settings: alertHubOnly,
    }),
  ],
  [
    'clock-behind',
    async () => ({
      hubUrl: (
        await hubThatAnswers({
          status: 401,
          detail: `ExpiredToken: The token is expired.${tracked}`,
          date: 'Sun, 22 Nov 2026 09:40:00 GMT',
        })
      ).endpoint,
      settings: alertHubOnly,
      clock: () => Date.UTC(2026, 10, 22, 9),
    }),
  ],
  [
    'clock-ahead',
    async () => ({
      hubUrl: (await hubThatAnswers({ ...formatRefused, date: 'Sun, 22 Nov 2026 08:59:40 GMT' }, keyRefused))
        .endpoint,
      settings: alertHubOnly,
      clock: () => Date.UTC(2026, 10, 22, 9),
    }),
  ],
];

describe('acs-relay doctor without Azure', () => {
  it.each(cases)('reports the case %s as its golden file shows', async (name, change) => {
    await expect(await runDoctorOn(await change())).toMatchFileSnapshot(`goldens/${name}.txt`);
  });
});
