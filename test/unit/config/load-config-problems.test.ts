import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.ts';
import type { Environment } from '../../../src/config/settings-reader.ts';
import { RelayError } from '../../../src/errors/errors.ts';

const hub = 'Endpoint=sb://clinic.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=c2VjcmV0';
const least = {
  NOTIFICATION_HUB_CONNECTION_STRING: hub,
  NOTIFICATION_HUB_NAME: 'relay',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};
const device = {
  DEVICE_API_ISSUER: 'https://issuer.example',
  DEVICE_API_AUDIENCE: 'relay',
  DEVICE_API_JWKS_URL: 'https://issuer.example/keys',
  DEVICE_API_USER_CLAIM: 'acs',
};

function problemsOf(change: Environment): readonly string[] {
  try {
    loadConfig({ ...least, ...change });
    return [];
  } catch (error) {
    if (error instanceof RelayError && error.class === 'config') return error.problems;
    throw error;
  }
}

describe('what is said of a wrong setting', () => {
  it.each<[string, Environment, string]>([
    [
      'no name of the hub',
      { NOTIFICATION_HUB_NAME: '' },
      'NOTIFICATION_HUB_NAME: found nothing, and NOTIFICATION_HUB_CONNECTION_STRING has no EntityPath. Set the name of the hub, as the Azure portal shows it.',
    ],
    [
      'an address as the name of the hub',
      { NOTIFICATION_HUB_NAME: 'https://relay' },
      'NOTIFICATION_HUB_NAME: found a name with characters no hub can have. Set the name of the hub alone, as the Azure portal shows it.',
    ],
    [
      'half a connection string',
      { NOTIFICATION_HUB_CONNECTION_STRING: hub.replace(/;SharedAccessKey=.*/, '') },
      'NOTIFICATION_HUB_CONNECTION_STRING: found SharedAccessKey is missing. Copy the whole connection string again, in the form Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=….',
    ],
    [
      'only the secondary VoIP hub',
      {
        NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING: hub,
        NOTIFICATION_HUB_VOIP_SECONDARY_NAME: 'voip',
      },
      'NOTIFICATION_HUB_VOIP_CONNECTION_STRING: found nothing, although a secondary VoIP hub is set. Set the first VoIP hub too, or remove the secondary one.',
    ],
    [
      'one storage address of two',
      { RELAY_STORAGE__blobServiceUri: 'https://a.blob.core.windows.net' },
      'RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri: found only one of the two. Set both, such as https://account.table.core.windows.net and https://account.blob.core.windows.net.',
    ],
    [
      'a storage address without TLS',
      {
        RELAY_STORAGE__tableServiceUri: 'https://a.table.core.windows.net',
        RELAY_STORAGE__blobServiceUri: 'http://https://a.blob.core.windows.net',
      },
      'RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri: found an address that does not begin with https://. Set both, such as https://account.table.core.windows.net and https://account.blob.core.windows.net.',
    ],
    [
      'a group without one of its settings',
      { ...device, DEVICE_API_AUDIENCE: '' },
      'DEVICE_API_AUDIENCE: found nothing, although DEVICE_API_ISSUER, DEVICE_API_JWKS_URL, DEVICE_API_USER_CLAIM is set. Set it too, or remove the whole group.',
    ],
    [
      'a number that is too large',
      { RING_SECONDS: '121' },
      'RING_SECONDS: found "121". Set a whole number from 5 to 120.',
    ],
    [
      'a long text for a number',
      { RING_SECONDS: 'x'.repeat(41) },
      `RING_SECONDS: found "${'x'.repeat(40)}…". Set a whole number from 5 to 120.`,
    ],
    [
      'forty characters for a word',
      { CHAT_CONTENT: 'y'.repeat(40) },
      `CHAT_CONTENT: found "${'y'.repeat(40)}". Set one of: full, sender, none.`,
    ],
  ])('%s', (_, change, problem) => {
    expect(problemsOf(change)).toEqual([problem]);
  });

  it.each(['xen', 'en_US', 'en-', 'de', 'en-123456789'])('%s is no language of the relay', (locale) => {
    expect(problemsOf({ DEFAULT_LOCALE: locale })).toEqual([
      'DEFAULT_LOCALE: found a language the relay has no texts in. Set one of: en, sv, nl, fr, es, zh-Hans.',
    ]);
  });

  it.each(['en', 'EN-gb', 'zh-Hans', 'nl-BE'])('%s is one', (locale) => {
    expect(problemsOf({ DEFAULT_LOCALE: locale })).toEqual([]);
  });

  it.each([
    'http://issuer.example/keys',
    'http://localhost.evil.test/keys',
    'http://localhost:80@evil.test/keys',
    'https://user@issuer.example/keys',
    'https:/ /keys',
    'ftp://issuer.example/keys',
    'ftp://localhost/keys',
    'https://:secret@issuer.example/keys',
    'see https://issuer.example/keys',
  ])('keys of tokens do not come from %s', (address) => {
    expect(problemsOf({ ...device, DEVICE_API_JWKS_URL: address })).toEqual([
      'DEVICE_API_JWKS_URL: found an address that is not https. Set the https address of the key set of your identity provider.',
    ]);
  });

  it.each([
    'https://issuer.example/keys',
    'http://127.0.0.1:8080/keys',
    'http://[::1]/keys',
    'http://localhost/keys',
  ])('keys of tokens may come from %s', (address) => {
    expect(problemsOf({ ...device, DEVICE_API_JWKS_URL: address })).toEqual([]);
  });

  it('the bounds of a number are in it', () => {
    expect(problemsOf({ RING_SECONDS: '5' })).toEqual([]);
    expect(problemsOf({ RING_SECONDS: '120' })).toEqual([]);
  });
});
