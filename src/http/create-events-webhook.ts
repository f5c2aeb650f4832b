import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { RelayError } from '../errors/errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { answerWebhookOptions } from './answer-webhook-options.ts';
import { emptyAnswer } from './empty-answer.ts';
import { emptyBodyMessage } from './empty-body-message.ts';
import { errorAnswer } from './error-answer.ts';
import { failureAnswer } from './failure-answer.ts';
import type { HttpHandler } from './http-handler.ts';
import { jsonAnswer } from './json-answer.ts';
import { keysUnavailableAnswer } from './keys-unavailable-answer.ts';
import { methodNotAllowed } from './method-not-allowed.ts';
import { parseJson } from './parse-json.ts';
import { readBody } from './read-body.ts';
import type { TokenCheck } from './token-check.ts';
import { unauthenticatedAnswer } from './unauthenticated-answer.ts';
import { validationCode } from './validation-code.ts';

/** What the webhook works with. */
export interface EventsWebhookDeps {
  /**
   * Relays what was delivered. Resolves when Event Grid need not come again, poison included; rejects when it should.
   *
   * @param body - the JSON value, or undefined when `rawText` is not JSON.
   * @param rawText - the body as it came, for dead letters.
   */
  readonly relayEvents: (body: unknown, rawText: string) => Promise<void>;
  /** Checks the Entra token of Event Grid; absent when the host asks for the Functions key instead. */
  readonly authenticate?: (request: HttpRequest) => Promise<TokenCheck>;
  readonly logger: Logger;
}

// Event Grid delivers events of up to 1 MiB, and batches of about as much; the rest is room for their envelope.
const MAX_BODY_BYTES = 1_310_720;

/**
 * `POST|OPTIONS /api/events`: both webhook handshakes of Event Grid and the delivery of events in both schemas.
 *
 * A body that is not JSON is given to the relay like any other: Event Grid would drop it after a 4xx, or send it for a
 * day, and either way nobody would learn of it. Answers: 200; 401 and 503 about the token; 411 without a body; 413; 500 with nothing but a
 * code when the relay rejects, which makes Event Grid deliver the whole request again.
 */
export function createEventsWebhook(deps: EventsWebhookDeps): HttpHandler {
  return async (request) => {
    try {
      if (request.method === 'OPTIONS') return answerWebhookOptions(request);
      if (request.method !== 'POST') return methodNotAllowed('POST, OPTIONS');
      return (await refuse(deps, request)) ?? (await receive(deps, request));
    } catch (error) {
      return failureAnswer(error, deps.logger, 'events-webhook-failed');
    }
  };
}

/** The answer to a caller who is not Event Grid, or undefined. */
async function refuse(deps: EventsWebhookDeps, request: HttpRequest): Promise<HttpResponseInit | undefined> {
  const token = await deps.authenticate?.(request);
  if (token === undefined || token.kind === 'valid') return undefined;
  deps.logger('warn', 'events-caller-refused', { token: token.kind });
  if (token.kind === 'keys-unavailable') return keysUnavailableAnswer();
  return unauthenticatedAnswer('EVENTS_CALLER_UNAUTHENTICATED', token.kind === 'invalid');
}

async function receive(deps: EventsWebhookDeps, request: HttpRequest): Promise<HttpResponseInit> {
  const { relayEvents, logger } = deps;
  const kind = request.headers.get('aeg-event-type')?.trim().toLowerCase();
  if (kind === 'subscriptiondeletion' || kind === 'unsubscribe') {
    logger('info', 'event-subscription-deleted');
    return emptyAnswer(200);
  }
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes === 'too-large') {
    logger('error', 'events-body-too-large', { maxBytes: MAX_BODY_BYTES });
    const message = `The body is larger than ${MAX_BODY_BYTES} bytes.`;
    return errorAnswer({ status: 413, code: 'REQUEST_TOO_LARGE', message });
  }
  if (bytes.length === 0) {
    // An acknowledgement would lose the event that was in it. After a 411 Event Grid comes again.
    logger('error', 'events-body-empty');
    return errorAnswer({ status: 411, code: 'REQUEST_EMPTY', message: emptyBodyMessage });
  }
  const json = parseJson(bytes);
  const body = json.kind === 'valid' ? json.value : undefined;
  if (kind === 'subscriptionvalidation' || kind === undefined) {
    const code = validationCode(body);
    if (code !== undefined) {
      logger('info', 'event-subscription-validated');
      return jsonAnswer(200, { validationResponse: code });
    }
    if (kind === 'subscriptionvalidation') {
      const message = 'The body is not one subscription validation event with a validation code.';
      return errorAnswer({ status: 400, code: 'EVENT_DATA_INVALID', message });
    }
  }
  try {
    await relayEvents(body, new TextDecoder().decode(bytes));
    return emptyAnswer(200);
  } catch (error) {
    const code = error instanceof RelayError ? error.code : 'INTERNAL';
    logger('error', 'events-not-relayed', { code });
    return jsonAnswer(500, { error: { code } });
  }
}
