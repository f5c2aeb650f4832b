import { randomUUID } from 'node:crypto';
import type { HubConnection } from '../config/hub-connection.ts';
import type { HubSettings } from '../config/relay-config.ts';
import type { Clock, ClockReading } from '../shared/time.ts';
import { describeAnswer } from './classify-response.ts';
import { createSasToken, type HubRequest, messagesPath } from './request.ts';
import type { HubTransport, HubTransportResult } from './transports/hub-transport.ts';
import { createUndiciTransport } from './transports/undici-transport.ts';

/** What a probe showed about a hub. `detail` is a short line in the hub's own words, without secrets. */
export type HubProbe =
  /** The hub exists, and the key may send. */
  | { readonly kind: 'accepted' }
  /** No access policy of this name has this key. */
  | { readonly kind: 'key-refused'; readonly detail: string }
  /** By the hub's clock a token that was signed just now has expired. */
  | { readonly kind: 'token-expired'; readonly detail: string }
  /** The key is right, but its access policy lacks Send. */
  | { readonly kind: 'send-missing'; readonly detail: string }
  /** The namespace has no hub of this name. */
  | { readonly kind: 'hub-missing' }
  /** No answer: the address, the network, a firewall. `reason` is a code such as `ENOTFOUND`. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The answer proves nothing about the key. */
  | { readonly kind: 'unclear'; readonly detail: string };

interface ProbedHub {
  readonly probe: HubProbe;
  /** The hub's clock beside this machine's; absent when the answer had no date. */
  readonly clock?: ClockReading;
}

/**
 * Asks a hub whether it accepts a key, with a token that was signed just now, and without a push to any device. A second
 * request, signed with a key that is certainly wrong, proves that the hub checks keys: only a hub that answers 400 to the
 * first and 401 to the second accepts the key.
 */
export async function probeHub({ connection, hubName }: HubSettings, clock: Clock): Promise<ProbedHub> {
  const transport = createUndiciTransport({ connection, limits: { maxConnections: 1 } });
  try {
    const sentAtMs = clock();
    const answer = await send(transport, connection, hubName, sentAtMs);
    const receivedAtMs = clock();
    const dateMs = answer.kind === 'response' ? Date.parse(answer.headers['date'] ?? '') : Number.NaN;
    const reading = Number.isNaN(dateMs) ? {} : { clock: { sentAtMs, receivedAtMs, dateMs } };
    const probe = judgeHubAnswer(answer, [connection.key]);
    if (probe.kind !== 'accepted') return { probe, ...reading };
    const wrong = { ...connection, key: randomUUID() };
    const control = judgeHubAnswer(await send(transport, wrong, hubName, clock()), [wrong.key]);
    return { probe: compare(control), ...reading };
  } finally {
    await transport.close();
  }
}

function compare(control: HubProbe): HubProbe {
  switch (control.kind) {
    case 'key-refused':
      return { kind: 'accepted' };
    case 'accepted':
      return { kind: 'unclear', detail: 'it gives the same answer to a key that is certainly wrong' };
    default:
      return {
        kind: 'unclear',
        detail: 'it accepted the key, but did not show whether it would reject a wrong one',
      };
  }
}

const times = { timeoutMs: 10_000, waitMs: 10_000, priority: 'chat' } as const;
const tokenMs = 5 * 60_000;

function send(
  transport: HubTransport,
  connection: HubConnection,
  hubName: string,
  nowMs: number,
): Promise<HubTransportResult> {
  const request = buildHubProbe(hubName);
  const authorization = createSasToken(connection, Math.floor((nowMs + tokenMs) / 1000));
  return transport.post({ ...request, headers: { ...request.headers, authorization } }, times);
}

/**
 * Builds a request that shows whether a hub accepts a key, and that no hub can turn into a push. The hub checks the key
 * first and must then answer 400, for any one of four reasons:
 *
 * - the format does not exist. It is never left out: without one a request may be a template notification, which goes to
 *   every device ("Send a template notification" calls the header optional);
 * - it is a Direct Send without a device handle. `direct` is never left out either: without it a request is a broadcast;
 * - the body is an empty array, which is neither a payload of any platform nor a template's set of properties;
 * - no registration has the tag.
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

/**
 * Turns the answer to a probe into what it shows. Sources: the response codes of "Direct send" in the Notification Hubs
 * REST reference; the hub rejects a key without a right with the words "'Send' claim(s) are required" ("Service Bus access
 * control with Shared Access Signatures").
 *
 * @param secrets texts that the detail must not repeat.
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
    return { kind: 'unclear', detail: 'it accepted a request that every notification hub rejects' };
  return { kind: 'unclear', detail };
}
