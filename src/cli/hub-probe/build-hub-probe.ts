import type { HubRequest } from '../../notification-hubs/hub-request.ts';
import { messagesPath } from '../../notification-hubs/messages-path.ts';

/**
 * Builds a request that shows whether a hub takes a key, and that no hub can turn into a push. The hub checks the key
 * first and must then answer 400, for any one of four reasons:
 *
 * - the format is none that exists. It is never left out: without one a request may be a template notification, which
 *   goes to everybody ("Send a template notification" calls the header optional);
 * - it is a Direct Send without a device handle. `direct` is never left out either: without it a request is a broadcast;
 * - the body is an empty array, which is no payload of any platform and no template's set of properties;
 * - the tag is one that no registration has.
 */
export function buildHubProbe(hubName: string): HubRequest {
  return {
    path: `${messagesPath(hubName)}?direct&api-version=2015-04`,
    headers: {
      'servicebusnotification-format': 'acs-relay-probe',
      'servicebusnotification-tags': 'acs-relay-probe-for-nobody',
      'content-type': 'application/json;charset=utf-8',
    },
    body: '[]',
  };
}
