import type { DirectSendClient } from '../../../src/notification-hubs/direct-send-client.ts';

/** Wraps a client so that it reports every push as soon as the hub has accepted it. */
export function watchAccepted(
  client: DirectSendClient,
  onAccepted: (deviceHandle: string) => void,
): DirectSendClient {
  return {
    ...client,
    send: async (push, deviceHandle, options) => {
      const outcome = await client.send(push, deviceHandle, options);
      if (outcome.kind === 'accepted') onAccepted(deviceHandle);
      return outcome;
    },
  };
}
