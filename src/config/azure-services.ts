import { RelayError } from '../errors/errors.ts';
import { type HubConnection, parseHubConnection } from './hub-connection.ts';
import type { HubPair, HubSettings, StorageSettings } from './relay-config.ts';
import type { SettingName } from './settings.ts';
import type { Environment, SettingsReader } from './settings-reader.ts';

/** The hubs that are configured. `alertHub` is undefined only when a problem was reported. */
interface ConfiguredHubs {
  readonly alertHub?: HubPair;
  readonly voipHub?: HubPair;
}

/** Reads the alert hub and, where configured, the VoIP hub and the secondary hubs, and reports their problems. */
export function readHubs(reader: SettingsReader): ConfiguredHubs {
  const alert = readHub(reader, 'NOTIFICATION_HUB_CONNECTION_STRING', 'NOTIFICATION_HUB_NAME', 'required');
  const voip = readHub(
    reader,
    'NOTIFICATION_HUB_VOIP_CONNECTION_STRING',
    'NOTIFICATION_HUB_VOIP_NAME',
    fallbackToAlertHub(alert),
  );
  const alertSecondary = readHub(
    reader,
    'NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING',
    'NOTIFICATION_HUB_SECONDARY_NAME',
  );
  const voipSecondary = readHub(
    reader,
    'NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING',
    'NOTIFICATION_HUB_VOIP_SECONDARY_NAME',
  );
  const names = ['NOTIFICATION_HUB_VOIP_CONNECTION_STRING', 'NOTIFICATION_HUB_VOIP_NAME'] as const;
  if (voipSecondary !== undefined && names.every((name) => reader.text(name) === undefined)) {
    reader.report(
      'NOTIFICATION_HUB_VOIP_CONNECTION_STRING',
      'nothing, although a secondary VoIP hub is set',
      'Set the primary VoIP hub too, or remove the secondary one.',
    );
  }
  return {
    ...(alert === undefined ? {} : { alertHub: pair(alert, alertSecondary) }),
    ...(voip === undefined ? {} : { voipHub: pair(voip, voipSecondary) }),
  };
}

/**
 * What replaces a missing connection string: nothing, for an `optional` or a `required` hub; the connection of another
 * hub; or nothing, because the problem of that other hub is `reported` already.
 */
type Fallback = 'optional' | 'required' | 'reported' | HubConnection;

function readHub(
  reader: SettingsReader,
  connectionSetting: SettingName,
  nameSetting: SettingName,
  fallback: Fallback = 'optional',
): HubSettings | undefined {
  const text = reader.text(connectionSetting);
  const name = reader.text(nameSetting);
  if (text === undefined && name === undefined && fallback !== 'required') return undefined;
  const shared = typeof fallback === 'string' ? undefined : fallback;
  const connection = text === undefined ? shared : parse(reader, connectionSetting, text);
  if (text === undefined && connection === undefined && fallback !== 'reported') {
    reader.report(
      connectionSetting,
      'nothing',
      'Copy the connection string of an access policy with the Send right from the hub in the Azure portal.',
    );
  }
  const hubName = name ?? connection?.entityPath;
  if (connection !== undefined && hubName === undefined) {
    reader.report(
      nameSetting,
      `nothing, and ${connectionSetting} has no EntityPath`,
      'Set the name of the hub, as shown in the Azure portal.',
    );
  }
  if (name !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,259}$/.test(name)) {
    reader.report(
      nameSetting,
      'a name with invalid characters',
      'Set only the name of the hub, as shown in the Azure portal.',
    );
  }
  return connection === undefined || hubName === undefined ? undefined : { connection, hubName };
}

function parse(reader: SettingsReader, setting: SettingName, text: string): HubConnection | undefined {
  try {
    return parseHubConnection(text);
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    for (const problem of error.problems) {
      reader.report(
        setting,
        problem,
        'Copy the whole connection string again, in the form Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=….',
      );
    }
    return undefined;
  }
}

function fallbackToAlertHub(alert: HubSettings | undefined): Fallback {
  if (alert === undefined) return 'reported';
  return alert.connection.entityPath === undefined ? alert.connection : 'optional';
}

function pair(primary: HubSettings, secondary: HubSettings | undefined): HubPair {
  return secondary === undefined ? { primary } : { primary, secondary };
}

/**
 * Reads where devices and deliveries are stored: `RELAY_STORAGE` as a connection string or as addresses, otherwise
 * `AzureWebJobsStorage`, the storage of the Functions host, in any form that the host accepts.
 */
export function readStorage(reader: SettingsReader, env: Environment): StorageSettings | undefined {
  const own = readForm(env, 'RELAY_STORAGE') ?? readForm(env, 'AzureWebJobsStorage');
  if (own === undefined) {
    reader.report(
      'RELAY_STORAGE',
      'nothing, and AzureWebJobsStorage is not set either',
      'Set the connection string of a storage account, or RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri to sign in with a managed identity. For Azurite set UseDevelopmentStorage=true.',
    );
    return undefined;
  }
  if (own.kind === 'identity') {
    for (const uri of [own.tableServiceUri, own.blobServiceUri]) {
      if (!/^https:\/\/[^/\s]+/.test(uri)) {
        reader.report(
          'RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri',
          uri === '' ? 'only one of the two' : 'an address that does not begin with https://',
          'Set both, such as https://account.table.core.windows.net and https://account.blob.core.windows.net.',
        );
        return undefined;
      }
    }
  }
  return own;
}

function readForm(env: Environment, prefix: string): StorageSettings | undefined {
  const value = (name: string): string => env[name]?.trim() ?? '';
  const account = value(`${prefix}__accountName`);
  const tableServiceUri = value(`${prefix}__tableServiceUri`) || hostFor(account, 'table');
  const blobServiceUri = value(`${prefix}__blobServiceUri`) || hostFor(account, 'blob');
  if (tableServiceUri !== '' || blobServiceUri !== '') {
    const clientId = value(`${prefix}__clientId`);
    const uris = { kind: 'identity', tableServiceUri, blobServiceUri } as const;
    return clientId === '' ? uris : { ...uris, clientId };
  }
  const connectionString = value(prefix);
  return connectionString === '' ? undefined : { kind: 'connection-string', connectionString };
}

function hostFor(account: string, service: string): string {
  return account === '' ? '' : `https://${account}.${service}.core.windows.net`;
}
