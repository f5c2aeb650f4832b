import type { HubRequest } from '../../notification-hubs/request.ts';
import type { HubTransports } from '../../notification-hubs/transports/hub-transports.ts';

/** A request as it would go out. */
export interface RecordedRequest extends Omit<HubRequest, 'path'> {
  /** Origin, path and query. */
  readonly url: string;
}

/** Takes every request as accepted and keeps it, rather than send it. */
export interface RequestRecorder extends Pick<HubTransports, 'open'> {
  readonly requests: readonly RecordedRequest[];
}

/** Stands in for the network, so that the real client makes its requests and nothing is connected to. */
export function createRequestRecorder(): RequestRecorder {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    open: async ({ endpoint }) => ({
      post: async ({ path, headers, body }) => {
        requests.push({ url: `${endpoint}${path}`, headers, body });
        return { kind: 'response', status: 201, headers: {}, body: '' };
      },
      close: async () => {},
    }),
  };
}
