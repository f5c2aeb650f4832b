import type { DirectSendClient } from '../../../src/notification-hubs/request.ts';

/** A client that tells of every single push that the hub accepted, at once. */
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
