import type { HubSettings } from '../../config/relay-config.ts';
import { classifyResponse } from '../classify-response.ts';
import type { HubResponse } from '../hub-transport.ts';
import { createBodyCollector } from '../transports/create-body-collector.ts';
import { errorReason } from '../transports/error-reason.ts';
import type { FeedbackRefusal } from './feedback-refusal.ts';
import { parseContainerUrl } from './parse-container-url.ts';

const MAX_BODY_BYTES = 16 * 1024;

/** What one question takes. */
export interface AskFeedbackContainer {
  readonly hub: HubSettings;
  /** Value of the `Authorization` header. */
  readonly authorization: string;
  readonly nowMs: number;
  /** Longest time until the answer was read, above 0. */
  readonly timeoutMs: number;
}

/** Where the feedback is. The URL is a secret: it holds its own signature. */
export interface FeedbackContainer {
  readonly kind: 'container';
  readonly url: string;
}

/**
 * Asks a hub where its feedback lies: one GET, no redirect followed, nothing thrown.
 *
 * Source: "Get Platform Notification Services (PNS) feedback" in the Notification Hubs REST reference: 200 with the URL
 * as text, 401 for a wrong key, 403 for a tier below Standard. 403 with `Retry-After` is throttling, as for a push. 501
 * is what a hub says that has no feedback to give, as an emulator does.
 */
export async function askFeedbackContainer(
  ask: AskFeedbackContainer,
): Promise<FeedbackContainer | FeedbackRefusal> {
  const { connection, hubName } = ask.hub;
  const response = await get(
    `${connection.endpoint}/${encodeURIComponent(hubName)}/feedbackcontainer?api-version=2015-01`,
    ask,
  );
  if (response.kind === 'unavailable') return response;
  const { status, headers } = response;
  if (status === 501 || (status === 403 && headers['retry-after'] === undefined)) {
    return { kind: 'not-offered', status };
  }
  if (status === 200) {
    const url = parseContainerUrl(response.body, connection.endpoint.startsWith('http:'));
    if (url !== undefined) return { kind: 'container', url };
    return {
      kind: 'misconfigured',
      detail: 'HTTP 200, but the answer is not the address of a blob container',
    };
  }
  const outcome = classifyResponse(response, {
    nowMs: ask.nowMs,
    secrets: [connection.key, ask.authorization],
  });
  if (outcome.kind === 'throttled') return { kind: 'throttled', status };
  const detail = 'detail' in outcome ? outcome.detail : `HTTP ${status}`;
  return { kind: outcome.kind === 'unavailable' ? 'unavailable' : 'misconfigured', detail };
}

type Answer = HubResponse | Extract<FeedbackRefusal, { readonly kind: 'unavailable' }>;

async function get(url: string, { authorization, timeoutMs }: AskFeedbackContainer): Promise<Answer> {
  try {
    const response = await fetch(url, {
      headers: { authorization, 'content-type': 'application/xml;type=entry;charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = createBodyCollector(MAX_BODY_BYTES);
    // Leaving the loop ends the connection.
    for await (const chunk of response.body ?? []) if (!body.add(chunk)) break;
    const { status } = response;
    return { kind: 'response', status, headers: Object.fromEntries(response.headers), body: body.text() };
  } catch (error) {
    return { kind: 'unavailable', detail: `no answer (${reasonOf(error)})` };
  }
}

/** `fetch` hides the socket's error behind one of its own, and a timeout has a name but no code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return errorReason(error);
  return error.name === 'TimeoutError' ? 'TIMEOUT' : errorReason(error.cause);
}
