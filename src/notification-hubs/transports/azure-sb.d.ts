// The part of azure-sb 0.11 and azure-common 0.9 that the azure-sb transport uses. Both come without types.

declare module 'azure-common' {
  /** A request under construction. Header names must be in lower case: the library looks some of them up like that. */
  interface WebResource {
    withHeader(name: string, value: string): WebResource;
    withQueryOption(name: string, value: string): WebResource;
    /** With true the body of a successful response is not parsed. */
    withRawResponse(raw: boolean): WebResource;
  }
  const common: { readonly WebResource: { post(path: string): WebResource } };
  export default common;
}

declare module 'azure-sb' {
  import type { Agent, ClientRequest, RequestOptions } from 'node:http';
  import type { WebResource } from 'azure-common';

  /** Options of the `request` package, which sends for azure-sb. */
  interface OutgoingOptions {
    headers: { host: string };
    agent?: Agent;
    httpModules?: Record<'http:' | 'https:', { request(options: RequestOptions): ClientRequest }>;
    proxy?: string | null;
  }

  interface NotificationHubService {
    /** Returns a copy of the service whose requests pass through the filter. */
    withFilter(filter: {
      handle(options: OutgoingOptions, next: (options: OutgoingOptions) => void): void;
    }): NotificationHubService;
    performRequest(
      resource: WebResource,
      body: string,
      options: { readonly clientRequestTimeout: number },
      callback: (result: { readonly error: unknown }) => void,
    ): void;
  }

  const azureSb: {
    createNotificationHubService(
      hubName: string,
      endpoint: string,
      keyName: string,
      key: string,
    ): NotificationHubService;
  };
  export default azureSb;
}
