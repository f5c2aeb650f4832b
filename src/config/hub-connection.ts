/** A parsed connection string of a Notification Hubs namespace or hub. */
export interface HubConnection {
  /** Origin of the namespace without a trailing slash, such as `https://contoso.servicebus.windows.net`. */
  readonly endpoint: string;
  readonly keyName: string;
  /** The key as text; it is used as UTF-8 bytes and never base64-decoded. */
  readonly key: string;
  /** Hub name, when the connection string is a hub-level one. */
  readonly entityPath?: string;
}
