import type { HubConnection } from './hub-connection.ts';

/** One hub that Direct Send can reach. */
export interface HubSettings {
  readonly connection: HubConnection;
  readonly hubName: string;
}

/** A hub and, where configured, its secondary in another region. */
export interface HubPair {
  readonly primary: HubSettings;
  readonly secondary?: HubSettings;
}

/** Where tables and blobs live, and how to sign in to them. */
export type StorageSettings =
  | { readonly kind: 'connection-string'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly tableServiceUri: string;
      readonly blobServiceUri: string;
      /** Client id of a user-assigned identity; absent for the system-assigned one. */
      readonly clientId?: string;
    };

/** How the device API verifies the bearer token of an app. */
export interface DeviceApiSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /** Claim that must equal the `{userId}` in the path. */
  readonly userClaim: string;
}

/** How the event webhook verifies the Entra token of Event Grid. */
export interface EventsEntraSettings {
  readonly tenantId: string;
  readonly audience: string;
}

/** How much of a chat message leaves Azure: text and names, names only, or neither. */
export type ChatContent = 'full' | 'sender' | 'none';

/** Every setting of the relay, validated; durations are in milliseconds. */
export interface RelayConfig {
  readonly alertHub: HubPair;
  /** Absent: calls ring as alerts. */
  readonly voipHub?: HubPair;
  readonly storage: StorageSettings;
  /** How long a call rings after its event. */
  readonly ringMs: number;
  /** How long chat pushes and missed calls are worth delivering. */
  readonly chatTtlMs: number;
  readonly chatContent: ChatContent;
  /** BCP 47 tag for devices without a supported locale. */
  readonly defaultLocale: string;
  readonly hubTransport: 'undici' | 'azure-sb';
  readonly deviceTtlMs: number;
  readonly devicesPerUser: number;
  readonly deviceApi?: DeviceApiSettings;
  readonly eventsEntra?: EventsEntraSettings;
  /** True: log lines carry plain user ids; false: only a keyed hash. */
  readonly logUserIds: boolean;
}
