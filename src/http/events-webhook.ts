import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { boundedText } from '../shared/schema.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { TokenCheck } from './authentication.ts';
import { emptyBodyMessage, parseJson, readBody } from './request-body.ts';
import {
  emptyResponse,
  errorResponse,
  failureResponse,
  type HttpHandler,
  jsonResponse,
  keysUnavailableResponse,
  methodNotAllowedResponse,
  unauthenticatedResponse,
} from './responses.ts';

const eventGridOrigin = 'eventgrid.azure.net';
const validationType = 'Microsoft.EventGrid.SubscriptionValidationEvent';
const maxCodeLength = 256;
const dataSchema = z.object({ validationCode: boundedText(1, maxCodeLength) });

const eventSchema = z.object({
  eventType: z.catch(z.optional(z.string()), undefined),
  type: z.catch(z.optional(z.string()), undefined),
  // In the CloudEvents form the data may be JSON once more, as a text.
  data: z.union([dataSchema, z.pipe(z.pipe(z.string(), z.transform(parseText)), dataSchema)]),
});

// Event Grid delivers events of up to 1 MiB, and batches of about as much; the rest is room for their envelope.
const maxBodyBytes = 1_310_720;

/** What the webhook works with. */
interface EventsWebhookDeps {
  /**
   * Relays what was delivered. Resolves when Event Grid need not come again, poison included; rejects when it should.
   *
   * @param body the JSON value, or undefined when `rawText` is not JSON.
   * @param rawText the body as it came, for dead letters.
   */
  readonly relayEvents: (body: unknown, rawText: string) => Promise<void>;
  /** Checks the Entra token of Event Grid; absent when the host asks for the Functions key instead. */
  readonly authenticate?: (request: HttpRequest) => Promise<TokenCheck>;
  readonly logger: Logger;
}

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
      if (request.method !== 'POST') return methodNotAllowedResponse('POST, OPTIONS');
      return (await refuse(deps, request)) ?? (await receive(deps, request));
    } catch (error) {
      return failureResponse(error, deps.logger, 'events-webhook-failed');
    }
  };
}

/**
 * The handshake of CloudEvents webhooks: only Event Grid gets the permission to send. The callback address it may offer
 * is never called; answering is enough. Source: "HTTP 1.1 Web Hooks for Event Delivery" (CloudEvents), section 4.
 */
function answerWebhookOptions(request: HttpRequest): HttpResponseInit {
  const origin = request.headers.get('webhook-request-origin')?.trim().toLowerCase();
  if (origin !== eventGridOrigin) {
    const message = `Events are taken from ${eventGridOrigin} only (header WebHook-Request-Origin).`;
    return errorResponse({ status: 403, code: 'CALLER_FORBIDDEN', message });
  }
  return emptyResponse(200, {
    'webhook-allowed-origin': eventGridOrigin,
    'webhook-allowed-rate': '*',
    allow: 'POST, OPTIONS',
  });
}

/** The answer to a caller who is not Event Grid, or undefined. */
async function refuse(deps: EventsWebhookDeps, request: HttpRequest): Promise<HttpResponseInit | undefined> {
  const token = await deps.authenticate?.(request);
  if (token === undefined || token.kind === 'valid') return undefined;
  deps.logger('warn', 'events-caller-refused', { token: token.kind });
  if (token.kind === 'keys-unavailable') return keysUnavailableResponse();
  return unauthenticatedResponse('EVENTS_CALLER_UNAUTHENTICATED', token.kind === 'invalid');
}

async function receive(deps: EventsWebhookDeps, request: HttpRequest): Promise<HttpResponseInit> {
  const { relayEvents, logger } = deps;
  const kind = request.headers.get('aeg-event-type')?.trim().toLowerCase();
  if (kind === 'subscriptiondeletion' || kind === 'unsubscribe') {
    logger('info', 'event-subscription-deleted');
    return emptyResponse(200);
  }
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === 'too-large') {
    logger('error', 'events-body-too-large', { maxBytes: maxBodyBytes });
    const message = `The body is larger than ${maxBodyBytes} bytes.`;
    return errorResponse({ status: 413, code: 'REQUEST_TOO_LARGE', message });
  }
  if (bytes.length === 0) {
    // An acknowledgement would lose the event that was in it. After a 411 Event Grid comes again.
    logger('error', 'events-body-empty');
    return errorResponse({ status: 411, code: 'REQUEST_EMPTY', message: emptyBodyMessage });
  }
  const json = parseJson(bytes);
  const body = json.kind === 'valid' ? json.value : undefined;
  if (kind === 'subscriptionvalidation' || kind === undefined) {
    const code = validationCode(body);
    if (code !== undefined) {
      logger('info', 'event-subscription-validated');
      return jsonResponse(200, { validationResponse: code });
    }
    if (kind === 'subscriptionvalidation') {
      const message = 'The body is not one subscription validation event with a validation code.';
      return errorResponse({ status: 400, code: 'EVENT_DATA_INVALID', message });
    }
  }
  try {
    await relayEvents(body, new TextDecoder().decode(bytes));
    return emptyResponse(200);
  } catch (error) {
    const code = error instanceof RelayError ? error.code : 'INTERNAL';
    logger('error', 'events-not-relayed', { code });
    return jsonResponse(500, { error: { code } });
  }
}

/** The handshake code in a body that is nothing but one subscription validation event, alone or in an array. */
function validationCode(body: unknown): string | undefined {
  const events: readonly unknown[] = Array.isArray(body) ? body : [body];
  const parsed = eventSchema.safeParse(events[0]);
  if (events.length !== 1 || !parsed.success) return undefined;
  const { eventType, type, data } = parsed.data;
  return (eventType ?? type) === validationType ? data.validationCode : undefined;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
