import { createEventsWebhook } from '../http/events-webhook.ts';
import { handleHttp } from './handle-http.ts';
import { handleWebhookBody } from './handle-webhook-body.ts';

/** What the `events` Function does with a request: the handshakes of Event Grid, and events in both schemas. */
export const handleEvents = handleHttp((app, logger, invocation) =>
  createEventsWebhook({
    relayEvents: (body, rawText) => handleWebhookBody(app, body, rawText, invocation),
    ...(app.authenticateEvents === undefined ? {} : { authenticate: app.authenticateEvents }),
    logger,
  }),
);
