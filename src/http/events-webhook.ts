import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { parseJson } from '../shared/json.ts';
import { boundedText } from '../shared/schema.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { TokenCheck } from './authentication.ts';
import {
  emptyBodyMessage,
  emptyResponse,
  errorResponse,
  failureResponse,
  type HttpHandler,
  jsonResponse,
  keysUnavailableResponse,
  methodNotAllowedResponse,
  parseJsonBody,
  readBody,
  unauthenticatedResponse,
} from './messages.ts';

interface EventsWebhookDeps {
  /**
   * Relays the delivered events. Rejects when Event Grid should deliver them again; resolves otherwise, also for poison.
   *
   * @param body the JSON value, or undefined when `rawText` is not JSON.
   * @param rawText the body as received, for dead letters.
   */
  readonly relayEvents: (body: unknown, rawText: string) => Promise<void>;
  /** Checks the Entra token of Event Grid; absent when the host checks the Functions key instead. */
  readonly authenticate?: (request: HttpRequest) => Promise<TokenCheck>;
  readonly logger: Logger;
}

/**
 * `POST|OPTIONS /api/events`: both webhook handshakes of Event Grid and the delivery of events in both schemas.
 *
 * A body that is not JSON goes to the relay like any other: after a 4xx, Event Grid would drop it or retry it for a day,
 * and nothing would report it. Responses: 200; 401 and 503 about the token; 411 without a body; 413; 500 with nothing but
 * a code when the relay rejects, which makes Event Grid deliver the whole request again.
 */
export function createEventsWebhook(deps: EventsWebhookDeps): HttpHandler {
  return async (request) => {
    try {
      if (request.method === 'OPTIONS') return answerOptions(request);
      if (request.method !== 'POST') return methodNotAllowedResponse('POST, OPTIONS');
      return (await refuse(deps, request)) ?? (await receive(deps, request));
    } catch (error) {
      return failureResponse(error, deps.logger, 'events-webhook-failed');
    }
  };
}

const eventGridOrigin = 'eventgrid.azure.net';

/**
 * The handshake of CloudEvents webhooks, which permits only Event Grid to send. The response alone grants the permission,
 * so a callback URL in the request is never called. Source: "HTTP 1.1 Web Hooks for Event Delivery" (CloudEvents),
 * section 4.
 */
function answerOptions(request: HttpRequest): HttpResponseInit {
  const origin = request.headers.get('webhook-request-origin')?.trim().toLowerCase();
  if (origin !== eventGridOrigin) {
    const message = `Only ${eventGridOrigin} may send events (header WebHook-Request-Origin).`;
    return errorResponse({ status: 403, code: 'CALLER_FORBIDDEN', message });
  }
  return emptyResponse(200, {
    'webhook-allowed-origin': eventGridOrigin,
    'webhook-allowed-rate': '*',
    allow: 'POST, OPTIONS',
  });
}

/** The response to a caller other than Event Grid, or undefined. */
async function refuse(deps: EventsWebhookDeps, request: HttpRequest): Promise<HttpResponseInit | undefined> {
  const token = await deps.authenticate?.(request);
  if (token === undefined || token.kind === 'valid') return undefined;
  deps.logger('warn', 'events-caller-refused', { token: token.kind });
  if (token.kind === 'keys-unavailable') return keysUnavailableResponse();
  return unauthenticatedResponse('EVENTS_CALLER_UNAUTHENTICATED', token.kind === 'invalid');
}

// Event Grid delivers events and batches of up to about 1 MiB; the rest is room for their envelope.
const maxBodyBytes = 1_310_720;

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
    // A 200 would lose the event that was in it. After a 411 Event Grid delivers it again.
    logger('error', 'events-body-empty');
    return errorResponse({ status: 411, code: 'REQUEST_EMPTY', message: emptyBodyMessage });
  }
  const body = parseJsonBody(bytes);
  if (kind === 'subscriptionvalidation' || kind === undefined) {
    const code = validationCode(body);
    if (code !== undefined) {
      logger('info', 'event-subscription-validated');
      return jsonResponse(200, { validationResponse: code });
    }
    if (kind === 'subscriptionvalidation') {
      const message = 'The body must be a single subscription validation event with a validation code.';
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

const validationType = 'Microsoft.EventGrid.SubscriptionValidationEvent';
const maxCodeLength = 256;
const dataSchema = z.object({ validationCode: boundedText(1, maxCodeLength) });
const eventSchema = z.object({
  eventType: z.catch(z.optional(z.string()), undefined),
  type: z.catch(z.optional(z.string()), undefined),
  // In the CloudEvents form, the data may be a string that holds JSON.
  data: z.union([dataSchema, z.pipe(z.pipe(z.string(), z.transform(parseJson)), dataSchema)]),
});

/** The handshake code of a body that is exactly one subscription validation event, alone or in an array. */
function validationCode(body: unknown): string | undefined {
  const events: readonly unknown[] = Array.isArray(body) ? body : [body];
  const parsed = eventSchema.safeParse(events[0]);
  if (events.length !== 1 || !parsed.success) return undefined;
  const { eventType, type, data } = parsed.data;
  return (eventType ?? type) === validationType ? data.validationCode : undefined;
}
