import { describe, expect, it } from 'vitest';
import { loadConfig, similarSetting, warnAboutUnknownSettings } from '../../../src/config/load-config.ts';
import type { Environment } from '../../../src/config/settings-reader.ts';
import { RelayError } from '../../../src/errors/errors.ts';

const hub = 'Endpoint=sb://clinic.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=c2VjcmV0';
const least = {
  NOTIFICATION_HUB_CONNECTION_STRING: hub,
  NOTIFICATION_HUB_NAME: 'relay',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};
const connection = {
  endpoint: 'https://clinic.servicebus.windows.net',
  keyName: 'Send',
  key: 'c2VjcmV0',
};

function messageFor(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof RelayError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  throw new Error('the settings are valid');
}

function problemsOf(env: Record<string, string>): readonly string[] {
  return messageFor({ ...least, ...env })
    .split('\n')
    .filter((line) => /^ {2}\S/.test(line))
    .map((line) => line.trim());
}

describe('loadConfig', () => {
  it('needs only one hub and one storage account, and has defaults for everything else', () => {
    expect(loadConfig(least)).toEqual({
      config: {
        alertHub: { primary: { connection, hubName: 'relay' } },
        storage: { kind: 'connection-string', connectionString: 'UseDevelopmentStorage=true' },
        ringMs: 30_000,
        chatTtlMs: 86_400_000,
        chatContent: 'full',
        defaultLocale: 'en',
        hubTransport: 'undici',
        deviceTtlMs: 15_552_000_000,
        devicesPerUser: 25,
        logUserIds: false,
      },
      warnings: [],
    });
  });

  it('reads every setting', () => {
    const { config } = loadConfig({
      NOTIFICATION_HUB_CONNECTION_STRING: `${hub};EntityPath=main`,
      NOTIFICATION_HUB_VOIP_CONNECTION_STRING: `${hub};EntityPath=main.voip`,
      NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING: hub.replace('clinic', 'clinic-2'),
      NOTIFICATION_HUB_SECONDARY_NAME: 'main',
      NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING: `${hub};EntityPath=voip-2`,
      RELAY_STORAGE__tableServiceUri: 'https://a.table.core.windows.net',
      RELAY_STORAGE__blobServiceUri: 'https://a.blob.core.windows.net',
      RELAY_STORAGE__clientId: 'id-1',
      AzureWebJobsStorage: 'not used',
      RING_SECONDS: '45',
      CHAT_TTL_SECONDS: '3600',
      CHAT_CONTENT: 'Sender',
      DEFAULT_LOCALE: 'zh-Hans',
      HUB_TRANSPORT: 'azure-sb',
      DEVICE_TTL_DAYS: '1',
      DEVICES_PER_USER: '3',
      DEVICE_API_ISSUER: 'https://login',
      DEVICE_API_AUDIENCE: 'relay',
      DEVICE_API_JWKS_URL: 'https://login/keys',
      DEVICE_API_USER_CLAIM: 'acs',
      EVENTS_ENTRA_TENANT_ID: 't',
      EVENTS_ENTRA_AUDIENCE: 'a',
      LOG_USER_IDS: 'true',
    });
    expect(config).toEqual({
      alertHub: {
        primary: { connection: { ...connection, entityPath: 'main' }, hubName: 'main' },
        secondary: {
          connection: { ...connection, endpoint: 'https://clinic-2.servicebus.windows.net' },
          hubName: 'main',
        },
      },
      voipHub: {
        primary: { connection: { ...connection, entityPath: 'main.voip' }, hubName: 'main.voip' },
        secondary: { connection: { ...connection, entityPath: 'voip-2' }, hubName: 'voip-2' },
      },
      storage: {
        kind: 'identity',
        tableServiceUri: 'https://a.table.core.windows.net',
        blobServiceUri: 'https://a.blob.core.windows.net',
        clientId: 'id-1',
      },
      ringMs: 45_000,
      chatTtlMs: 3_600_000,
      chatContent: 'sender',
      defaultLocale: 'zh-Hans',
      hubTransport: 'azure-sb',
      deviceTtlMs: 86_400_000,
      devicesPerUser: 3,
      deviceApi: {
        issuer: 'https://login',
        audience: 'relay',
        jwksUrl: 'https://login/keys',
        userClaim: 'acs',
      },
      eventsEntra: { tenantId: 't', audience: 'a' },
      logUserIds: true,
    });
  });

  it('finds a VoIP hub in the same namespace by its name alone', () => {
    expect(loadConfig({ ...least, NOTIFICATION_HUB_VOIP_NAME: 'relay-voip' }).config.voipHub).toEqual({
      primary: { connection, hubName: 'relay-voip' },
    });
    expect(
      problemsOf({
        NOTIFICATION_HUB_CONNECTION_STRING: `${hub};EntityPath=relay`,
        NOTIFICATION_HUB_VOIP_NAME: 'relay-voip',
      }),
    ).toEqual(['NOTIFICATION_HUB_VOIP_CONNECTION_STRING']);
  });

  it('reports an invalid connection string once, and not again for the VoIP hub that shares it', () => {
    for (const broken of ['', 'Endpoint=sb://clinic.servicebus.windows.net/;SharedAccessKeyName=Send']) {
      expect(
        problemsOf({ NOTIFICATION_HUB_CONNECTION_STRING: broken, NOTIFICATION_HUB_VOIP_NAME: 'relay-voip' }),
      ).toEqual(['NOTIFICATION_HUB_CONNECTION_STRING']);
    }
  });

  it('reports an invalid VoIP connection string once, even with a secondary VoIP hub', () => {
    expect(
      problemsOf({
        NOTIFICATION_HUB_VOIP_CONNECTION_STRING: hub.replace(/SharedAccessKey=.*/, 'EntityPath=voip'),
        NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING: `${hub};EntityPath=voip-2`,
      }),
    ).toEqual(['NOTIFICATION_HUB_VOIP_CONNECTION_STRING']);
  });

  it('prefers the name to the EntityPath, and treats blanks as not set', () => {
    const env = {
      ...least,
      NOTIFICATION_HUB_CONNECTION_STRING: `${hub};EntityPath=other`,
      RING_SECONDS: '  ',
    };
    expect(loadConfig(env).config.alertHub.primary.hubName).toBe('relay');
    expect(loadConfig(env).config.ringMs).toBe(30_000);
  });

  it('throws CONFIG_INVALID with every problem, what was found and how to fix it', () => {
    expect(messageFor({ RING_SECONDS: 'soon', CHAT_CONTENT: 'all', DEFAULT_LOCALE: 'tlh' })).toBe(
      `The relay cannot start: 5 settings are invalid.

  NOTIFICATION_HUB_CONNECTION_STRING
    found  nothing
    fix    Copy the connection string of an access policy with the Send right from the hub in the Azure portal.

  RELAY_STORAGE
    found  nothing, and AzureWebJobsStorage is not set either
    fix    Set the connection string of a storage account, or RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri to sign in with a managed identity. For Azurite set UseDevelopmentStorage=true.

  RING_SECONDS
    found  "soon"
    fix    Set a whole number from 5 to 120.

  CHAT_CONTENT
    found  "all"
    fix    Set one of: full, sender, none.

  DEFAULT_LOCALE
    found  an unsupported language
    fix    Set one of: en, sv, nl, fr, es, zh-Hans.
`,
    );
  });

  it('uses the singular for one problem', () => {
    expect(messageFor({ ...least, RING_SECONDS: '4' })).toMatch(
      /^The relay cannot start: 1 setting is invalid\.\n/,
    );
  });

  it.each([
    [{ RING_SECONDS: '121' }, ['RING_SECONDS']],
    [{ RING_SECONDS: '-5' }, ['RING_SECONDS']],
    [{ RING_SECONDS: '30.5' }, ['RING_SECONDS']],
    [{ CHAT_TTL_SECONDS: '59' }, ['CHAT_TTL_SECONDS']],
    [{ CHAT_TTL_SECONDS: '2419201' }, ['CHAT_TTL_SECONDS']],
    [{ DEVICE_TTL_DAYS: '0' }, ['DEVICE_TTL_DAYS']],
    [{ DEVICES_PER_USER: '101' }, ['DEVICES_PER_USER']],
    [{ HUB_TRANSPORT: 'fetch' }, ['HUB_TRANSPORT']],
    [{ LOG_USER_IDS: 'maybe' }, ['LOG_USER_IDS']],
    [{ NOTIFICATION_HUB_NAME: '' }, ['NOTIFICATION_HUB_NAME']],
    [{ NOTIFICATION_HUB_NAME: 'https://clinic/relay' }, ['NOTIFICATION_HUB_NAME']],
    [
      { NOTIFICATION_HUB_CONNECTION_STRING: 'Endpoint=sb://c.servicebus.windows.net/' },
      ['NOTIFICATION_HUB_CONNECTION_STRING', 'NOTIFICATION_HUB_CONNECTION_STRING'],
    ],
    [{ NOTIFICATION_HUB_SECONDARY_NAME: 'x' }, ['NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING']],
    [{ NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING: hub }, ['NOTIFICATION_HUB_SECONDARY_NAME']],
    [
      { NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING: `${hub};EntityPath=v` },
      ['NOTIFICATION_HUB_VOIP_CONNECTION_STRING'],
    ],
    [
      { RELAY_STORAGE__tableServiceUri: 'https://a.table.core.windows.net' },
      ['RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri'],
    ],
    [
      { RELAY_STORAGE__tableServiceUri: 'http://a', RELAY_STORAGE__blobServiceUri: 'https://a' },
      ['RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri'],
    ],
    [{ DEVICE_API_ISSUER: 'i', DEVICE_API_AUDIENCE: 'a' }, ['DEVICE_API_JWKS_URL', 'DEVICE_API_USER_CLAIM']],
    [{ EVENTS_ENTRA_AUDIENCE: 'a' }, ['EVENTS_ENTRA_TENANT_ID']],
    [
      {
        DEVICE_API_ISSUER: 'i',
        DEVICE_API_AUDIENCE: 'a',
        DEVICE_API_JWKS_URL: 'http://login/keys',
        DEVICE_API_USER_CLAIM: 'c',
      },
      ['DEVICE_API_JWKS_URL'],
    ],
  ])('rejects %j', (env, names) => {
    expect(problemsOf(env)).toEqual(names);
  });

  it('names the settings of a group that are set when others are missing', () => {
    expect(messageFor({ ...least, EVENTS_ENTRA_AUDIENCE: 'a' })).toContain(
      'found  nothing, although EVENTS_ENTRA_AUDIENCE is set',
    );
  });

  it('accepts a key set on this machine over http', () => {
    const api = { DEVICE_API_ISSUER: 'i', DEVICE_API_AUDIENCE: 'a', DEVICE_API_USER_CLAIM: 'c' };
    const jwksUrl = 'http://127.0.0.1:9/keys';
    expect(loadConfig({ ...least, ...api, DEVICE_API_JWKS_URL: jwksUrl }).config.deviceApi?.jwksUrl).toBe(
      jwksUrl,
    );
  });

  it('uses the storage of the Functions host in its identity form', () => {
    const env = { ...least, AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'acct' };
    expect(loadConfig(env).config.storage).toEqual({
      kind: 'identity',
      tableServiceUri: 'https://acct.table.core.windows.net',
      blobServiceUri: 'https://acct.blob.core.windows.net',
    });
  });

  it('warns about names that look like misspelled settings', () => {
    const env = { ...least, RING_SECOND: '30', PATH: '/bin', CHAT_CONTENTS: 'none', CHAT_CONTENT: 'none' };
    expect(loadConfig(env).warnings).toEqual(['Unknown setting RING_SECOND. Did you mean RING_SECONDS?']);
  });

  it('never prints a key, whatever the problem is', () => {
    const secret = 'V2hvZXZlclJlYWRzVGhpcw==';
    const message = messageFor({
      NOTIFICATION_HUB_CONNECTION_STRING: `Endpoint=ftp://x;SharedAccessKey=${secret};${secret}`,
      NOTIFICATION_HUB_NAME: `${secret}/?`,
      RELAY_STORAGE__tableServiceUri: `http://${secret}`,
    });
    expect(message).not.toContain(secret);
  });
});

const device = {
  DEVICE_API_ISSUER: 'https://issuer.example',
  DEVICE_API_AUDIENCE: 'relay',
  DEVICE_API_JWKS_URL: 'https://issuer.example/keys',
  DEVICE_API_USER_CLAIM: 'acs',
};

function listedProblems(change: Environment): readonly string[] {
  try {
    loadConfig({ ...least, ...change });
    return [];
  } catch (error) {
    if (error instanceof RelayError && error.class === 'config') return error.problems;
    throw error;
  }
}

describe('the problems of CONFIG_INVALID', () => {
  it.each<[string, Environment, string]>([
    [
      'a missing hub name',
      { NOTIFICATION_HUB_NAME: '' },
      'NOTIFICATION_HUB_NAME: found nothing, and NOTIFICATION_HUB_CONNECTION_STRING has no EntityPath. Set the name of the hub, as shown in the Azure portal.',
    ],
    [
      'an address in place of a hub name',
      { NOTIFICATION_HUB_NAME: 'https://relay' },
      'NOTIFICATION_HUB_NAME: found a name with invalid characters. Set only the name of the hub, as shown in the Azure portal.',
    ],
    [
      'an incomplete connection string',
      { NOTIFICATION_HUB_CONNECTION_STRING: hub.replace(/;SharedAccessKey=.*/, '') },
      'NOTIFICATION_HUB_CONNECTION_STRING: found SharedAccessKey is missing. Copy the whole connection string again, in the form Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=….',
    ],
    [
      'a secondary VoIP hub without a primary one',
      {
        NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING: hub,
        NOTIFICATION_HUB_VOIP_SECONDARY_NAME: 'voip',
      },
      'NOTIFICATION_HUB_VOIP_CONNECTION_STRING: found nothing, although a secondary VoIP hub is set. Set the primary VoIP hub too, or remove the secondary one.',
    ],
    [
      'one of two storage addresses',
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
      'DEVICE_API_AUDIENCE: found nothing, although DEVICE_API_ISSUER, DEVICE_API_JWKS_URL, DEVICE_API_USER_CLAIM are set. Set it too, or remove the whole group.',
    ],
    [
      'a number that is too large',
      { RING_SECONDS: '121' },
      'RING_SECONDS: found "121". Set a whole number from 5 to 120.',
    ],
    [
      'a long text in place of a number, cut off',
      { RING_SECONDS: 'x'.repeat(41) },
      `RING_SECONDS: found "${'x'.repeat(40)}…". Set a whole number from 5 to 120.`,
    ],
    [
      'forty characters in place of a word, in full',
      { CHAT_CONTENT: 'y'.repeat(40) },
      `CHAT_CONTENT: found "${'y'.repeat(40)}". Set one of: full, sender, none.`,
    ],
  ])('describe %s', (_, change, problem) => {
    expect(listedProblems(change)).toEqual([problem]);
  });

  it.each(['xen', 'en_US', 'en-', 'de', 'en-123456789'])('include the locale %s', (locale) => {
    expect(listedProblems({ DEFAULT_LOCALE: locale })).toEqual([
      'DEFAULT_LOCALE: found an unsupported language. Set one of: en, sv, nl, fr, es, zh-Hans.',
    ]);
  });

  it.each(['en', 'EN-gb', 'zh-Hans', 'nl-BE'])('do not include the locale %s', (locale) => {
    expect(listedProblems({ DEFAULT_LOCALE: locale })).toEqual([]);
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
  ])('include the key set %s', (address) => {
    expect(listedProblems({ ...device, DEVICE_API_JWKS_URL: address })).toEqual([
      'DEVICE_API_JWKS_URL: found an address that is not https. Set the https address of the key set of your identity provider.',
    ]);
  });

  it.each([
    'https://issuer.example/keys',
    'http://127.0.0.1:8080/keys',
    'http://[::1]/keys',
    'http://localhost/keys',
  ])('do not include the key set %s', (address) => {
    expect(listedProblems({ ...device, DEVICE_API_JWKS_URL: address })).toEqual([]);
  });

  it('do not include a number at either end of its range', () => {
    expect(listedProblems({ RING_SECONDS: '5' })).toEqual([]);
    expect(listedProblems({ RING_SECONDS: '120' })).toEqual([]);
  });
});

describe('warnAboutUnknownSettings', () => {
  it('warns about a name that looks like a misspelled setting, unless that setting is set', () => {
    const env = { RING_SECOND: '30', PATH: '/bin', CHAT_CONTENTS: 'none', CHAT_CONTENT: 'none' };
    expect(warnAboutUnknownSettings(env)).toEqual([
      'Unknown setting RING_SECOND. Did you mean RING_SECONDS?',
    ]);
  });
});

describe('similarSetting', () => {
  const known = ['RING_SECONDS', 'CHAT_CONTENT', 'CHAT_TTL_SECONDS'];

  it.each([
    ['RING_SECOND', 'RING_SECONDS'],
    ['ring_seconds', 'RING_SECONDS'],
    ['RINGSECONDS', 'RING_SECONDS'],
    ['RIGN_SECONDS', 'RING_SECONDS'],
    ['CHAT_CONTEXT', 'CHAT_CONTENT'],
    ['CHAT_TTL', undefined],
    ['PATH', undefined],
    ['RXXX_SECONDS', undefined],
  ])('takes %s for %s', (name, meant) => {
    expect(similarSetting(name, known)).toBe(meant);
  });

  it('picks the closest of several names', () => {
    expect(similarSetting('ABCDEF', ['ABCXYF', 'ABCDEX'])).toBe('ABCDEX');
    expect(similarSetting('ABCDEF', ['ABCDEX', 'ABCXYF'])).toBe('ABCDEX');
  });
});
