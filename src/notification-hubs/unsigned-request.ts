import type { HubRequest } from './hub-request.ts';

/** A {@link HubRequest} that lacks its `authorization`. Its headers are made for it alone, so that one can be added. */
export interface UnsignedRequest extends HubRequest {
  readonly headers: Record<string, string>;
}
