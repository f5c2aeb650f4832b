import {
  buildDirectSendRequest,
  createSasToken,
  type HubRequest,
} from '../../../src/notification-hubs/request.ts';
import { benchHandle, benchHub, benchPush } from './bench-push.ts';

/** Prepares the push of the benchmarks as a signed request that only has to be sent. */
export function readyRequest(endpoint: string): HubRequest {
  const { hubName, keyName, key } = benchHub;
  const request = buildDirectSendRequest(hubName, benchPush, benchHandle(0));
  const authorization = createSasToken({ endpoint, keyName, key }, Math.floor(Date.now() / 1000) + 3600);
  return { ...request, headers: { ...request.headers, authorization } };
}
