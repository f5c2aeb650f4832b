import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type HubAnswer, hubError } from './hub-answer.ts';
import type { HubFault } from './hub-fault.ts';

/** Sends an answer with the ids that Azure adds to each; the tracking id is random where none is given. */
export function sendHubAnswer(
  response: ServerResponse,
  answer: HubAnswer,
  trackingId: string = randomUUID(),
): void {
  response.writeHead(answer.status, {
    trackingid: trackingId,
    'x-ms-correlation-request-id': randomUUID(),
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
  });
  response.end(answer.body);
}

/** Sends what a planned fault asks for instead of the good answer. */
export function sendFault(
  response: ServerResponse,
  fault: HubFault,
  good: HubAnswer,
  trackingId: string,
): void {
  const { answer } = fault;
  if (answer === undefined) {
    sendHubAnswer(response, good, trackingId);
  } else if (answer === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (answer === 'half-answer') {
    response.socket?.end('HTTP/1.1 201 Created\r\nContent-Len');
  } else if (answer !== 'none') {
    const headers = answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter };
    sendHubAnswer(response, hubError(answer.status, answer.detail ?? 'Planned fault.', headers), trackingId);
  }
}
