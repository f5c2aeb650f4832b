/** One setting of the relay, as an operator sees it. */
export interface Setting {
  /** Its purpose in one sentence. */
  readonly about: string;
  /** Default as text; absent where there is none. */
  readonly default?: string;
  /** True when the value must never be shown. */
  readonly secret?: true;
}

/**
 * Every setting the relay reads, by its name in the environment. The names are public interface. Tests check the
 * documentation, local.settings.sample.json and the infrastructure against this table.
 */
export const settings = {
  NOTIFICATION_HUB_CONNECTION_STRING: {
    about: 'Connection string of the hub for alerts and data, with the Send right.',
    secret: true,
  },
  NOTIFICATION_HUB_NAME: {
    about: 'Name of that hub, when its connection string has no EntityPath.',
  },
  NOTIFICATION_HUB_VOIP_CONNECTION_STRING: {
    about:
      'Connection string of the hub whose topic ends in .voip. Without a VoIP hub, calls ring as alerts.',
    secret: true,
  },
  NOTIFICATION_HUB_VOIP_NAME: {
    about:
      'Name of the VoIP hub. Without a connection string of its own, the hub is in the namespace of NOTIFICATION_HUB_CONNECTION_STRING.',
  },
  NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING: {
    about: 'Connection string of a hub in another region, used while the primary fails.',
    secret: true,
  },
  NOTIFICATION_HUB_SECONDARY_NAME: {
    about: 'Name of the secondary hub, when its connection string has no EntityPath.',
  },
  NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING: {
    about: 'Connection string of a VoIP hub in another region, used while the primary fails.',
    secret: true,
  },
  NOTIFICATION_HUB_VOIP_SECONDARY_NAME: {
    about: 'Name of the secondary VoIP hub, when its connection string has no EntityPath.',
  },
  RELAY_STORAGE: {
    about: 'Connection string of the storage account for devices and deliveries.',
    default: 'the value of AzureWebJobsStorage',
    secret: true,
  },
  RELAY_STORAGE__tableServiceUri: {
    about: 'Table endpoint of that account, to sign in with a managed identity instead.',
  },
  RELAY_STORAGE__blobServiceUri: {
    about: 'Blob endpoint of that account, to sign in with a managed identity instead.',
  },
  RELAY_STORAGE__clientId: {
    about: 'Client id of a user-assigned identity. Without it, the system-assigned identity signs in.',
  },
  RING_SECONDS: {
    about: 'How long a call rings after its event. ACS itself rings for 30 seconds.',
    default: '30',
  },
  CHAT_TTL_SECONDS: {
    about: 'How long chat pushes and missed calls are worth delivering.',
    default: '86400',
  },
  CHAT_CONTENT: {
    about: 'How much of a chat message leaves Azure: full, sender (names only) or none.',
    default: 'full',
  },
  DEFAULT_LOCALE: {
    about: 'Language for devices without a supported language: en, sv, nl, fr, es or zh-Hans.',
    default: 'en',
  },
  HUB_TRANSPORT: {
    about: 'The HTTP client for the hub: undici or azure-sb.',
    default: 'undici',
  },
  DEVICE_TTL_DAYS: {
    about: 'How long a device stays registered unless it registers again.',
    default: '180',
  },
  DEVICES_PER_USER: {
    about: 'How many devices a user can have. Another one replaces the oldest.',
    default: '25',
  },
  DEVICE_API_ISSUER: {
    about: 'Issuer of the tokens that apps send to the device API. Without it, callers use a Functions key.',
  },
  DEVICE_API_AUDIENCE: { about: 'Audience those tokens must have.' },
  DEVICE_API_JWKS_URL: { about: 'Where the keys that sign those tokens are published.' },
  DEVICE_API_USER_CLAIM: { about: 'Claim of those tokens that holds the ACS user id.' },
  EVENTS_ENTRA_TENANT_ID: {
    about: 'Tenant whose Entra tokens the event webhook requires. Without it, callers use a Functions key.',
  },
  EVENTS_ENTRA_AUDIENCE: { about: 'Audience (application id or URI) those tokens must have.' },
  LOG_USER_IDS: {
    about: 'true: log lines carry plain user ids; false: a keyed hash.',
    default: 'false',
  },
} as const satisfies Record<string, Setting>;

/** Name of a setting. */
export type SettingName = keyof typeof settings;
