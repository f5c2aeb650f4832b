/** A request to the hub, read to its end. */
export interface HubRequest {
  readonly method: string;
  /** Absolute URL. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when it was longer than the hub takes. */
  readonly body: string | undefined;
}
