import type { ReceivedPush } from './received-push.ts';
import type { RefusedRequest } from './refused-request.ts';

/** One request that reached the hub emulator, and what became of it. */
export type HubRecord =
  | { readonly kind: 'push'; readonly push: ReceivedPush }
  | { readonly kind: 'refused'; readonly request: RefusedRequest };
