import https from 'node:https';
import { loadAzureSb } from '../../../src/notification-hubs/transports/azure-sb-transport.ts';
import type { Sink } from '../sink/start-sink.ts';
import { benchHandle, benchHub } from './bench-push.ts';
import { readyRequest } from './ready-request.ts';
import type { Sender } from './sender.ts';

/**
 * Microsoft's deprecated client, `azure-sb`. It has no method for Direct Send, so this calls `performRequest`, which all
 * its send methods use. It gets an agent that keeps connections alive.
 */
export async function createAzureSbSender({ endpoint }: Sink): Promise<Sender> {
  const { createNotificationHubService, WebResource } = await loadAzureSb();
  const { hubName, keyName, key } = benchHub;
  const agent = new https.Agent({ keepAlive: true });
  const { host } = new URL(endpoint);
  const service = createNotificationHubService(hubName, endpoint, keyName, key).withFilter({
    handle: (outgoing, next) => {
      // The library omits the port.
      outgoing.headers.host = host;
      outgoing.agent = agent;
      next(outgoing);
    },
  });
  const { headers, body } = readyRequest(endpoint);
  return {
    send: (index) =>
      new Promise((resolve, reject) => {
        const resource = WebResource.post(`/${hubName}/messages/`).withRawResponse(true);
        resource.withQueryOption('direct', '').withQueryOption('api-version', '2015-04');
        for (const [name, value] of Object.entries(headers)) resource.withHeader(name, value);
        resource.withHeader('servicebusnotification-devicehandle', benchHandle(index));
        service.performRequest(resource, body, { clientRequestTimeout: 5_000 }, ({ error }) => {
          if (error === null || error === undefined) resolve();
          else reject(error);
        });
      }),
    close: async () => agent.destroy(),
  };
}
