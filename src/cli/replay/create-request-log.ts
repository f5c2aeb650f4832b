import type { HubRequest } from '../../notification-hubs/request.ts';
import type { HubTransport } from '../../notification-hubs/transports/hub-transport.ts';
import type { ReplayedRequest } from './replayed.ts';

/** Stands where the network would be, and remembers what was to be sent. */
export interface RequestLog {
  /** Reaches nobody: answers 201 to everything, as a hub does that took the push over. */
  readonly transport: HubTransport;
  /** Takes the oldest request to this device handle out of the log. */
  readonly take: (deviceHandle: string) => ReplayedRequest | undefined;
}

/** @param origin - address of the namespace that requests would go to, without a trailing slash */
export function createRequestLog(origin: string): RequestLog {
  const waiting: HubRequest[] = [];
  return {
    transport: {
      post: async (request) => {
        waiting.push(request);
        return { kind: 'response', status: 201, headers: {}, body: '' };
      },
      close: async () => {},
    },
    take: (deviceHandle) => {
      const index = waiting.findIndex(
        ({ headers }) => headers['servicebusnotification-devicehandle'] === deviceHandle,
      );
      const [request] = index === -1 ? [] : waiting.splice(index, 1);
      return request === undefined ? undefined : describe(origin, request);
    },
  };
}

function describe(origin: string, { path, headers, body }: HubRequest): ReplayedRequest {
  const shown = Object.entries(headers)
    .filter(([name]) => name !== 'authorization')
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    url: `${origin}${path}`,
    headers: Object.fromEntries(shown),
    bodyBytes: Buffer.byteLength(body),
    body: JSON.parse(body),
  };
}
