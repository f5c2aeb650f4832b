/** What a key of a namespace or hub may do. Source: "Notification Hubs security". */
export type HubRight = 'Listen' | 'Send' | 'Manage';

/** A shared access key that the emulator knows. */
export interface HubKey {
  /** Used as UTF-8 text. */
  readonly key: string;
  readonly rights: readonly HubRight[];
}
