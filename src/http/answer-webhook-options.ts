import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { emptyAnswer } from './empty-answer.ts';
import { errorAnswer } from './error-answer.ts';

const EVENT_GRID_ORIGIN = 'eventgrid.azure.net';

/**
 * The handshake of CloudEvents webhooks: only Event Grid gets the permission to send. The callback address it may offer
 * is never called; answering is enough. Source: "HTTP 1.1 Web Hooks for Event Delivery" (CloudEvents), section 4.
 */
export function answerWebhookOptions(request: HttpRequest): HttpResponseInit {
  const origin = request.headers.get('webhook-request-origin')?.trim().toLowerCase();
  if (origin !== EVENT_GRID_ORIGIN) {
    const message = `Events are taken from ${EVENT_GRID_ORIGIN} only (header WebHook-Request-Origin).`;
    return errorAnswer({ status: 403, code: 'CALLER_FORBIDDEN', message });
  }
  return emptyAnswer(200, {
    'webhook-allowed-origin': EVENT_GRID_ORIGIN,
    'webhook-allowed-rate': '*',
    allow: 'POST, OPTIONS',
  });
}
