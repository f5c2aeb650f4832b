/** One Direct Send request, ready for a transport. The method is always POST. */
export interface HubRequest {
  /** Path and query below the namespace, percent-encoded, beginning with `/`. */
  readonly path: string;
  /** Header names in lower case; values are printable Latin-1 without line breaks. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as UTF-8. */
  readonly body: string;
}
