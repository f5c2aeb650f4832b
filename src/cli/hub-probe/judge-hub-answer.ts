import { describeAnswer } from '../../notification-hubs/describe-answer.ts';
import type { HubTransportResult } from '../../notification-hubs/hub-transport.ts';
import type { HubProbe } from './hub-probe.ts';

/**
 * What the answer to a probe means. Sources: the response codes of "Direct send" in the Notification Hubs REST reference;
 * a key without a right is refused with the words "'Send' claim(s) are required" ("Service Bus access control with Shared
 * Access Signatures").
 *
 * @param secrets - texts that the detail must not repeat
 */
export function judgeHubAnswer(result: HubTransportResult, secrets: readonly string[]): HubProbe {
  if (result.kind !== 'response') return { kind: 'unreachable', reason: result.reason };
  const { status, body, headers } = result;
  const detail = describeAnswer(status, body, secrets).replace(/\.$/, '');
  if (status === 400) return { kind: 'accepted' };
  if (status === 404) return { kind: 'hub-missing' };
  const throttled = headers['retry-after'] !== undefined;
  if (
    !throttled &&
    (status === 401 || status === 403) &&
    /\bclaims?(?:\(s\))? (?:is|are) required/i.test(body)
  ) {
    return { kind: 'send-missing', detail };
  }
  if (status === 401 && body.includes('ExpiredToken')) return { kind: 'token-expired', detail };
  if (status === 401) return { kind: 'key-refused', detail };
  if (status < 300)
    return { kind: 'unclear', detail: 'it took a request that every notification hub refuses' };
  return { kind: 'unclear', detail };
}
