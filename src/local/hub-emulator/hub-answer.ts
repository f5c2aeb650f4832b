import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { HubFault } from './faults.ts';

/** A complete answer of the hub as plain data. */
export interface HubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error in the form of Notification Hubs: `<Error><Code>…</Code><Detail>…</Detail></Error>`. */
export function hubError(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HubAnswer {
  const text = detail.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return {
    status,
    headers: { 'content-type': 'application/xml; charset=utf-8', ...headers },
    body: `<Error><Code>${status}</Code><Detail>${text}</Detail></Error>`,
  };
}

/** Sends an answer with the ids that Azure adds to every answer. The tracking id is random by default. */
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

/** Sends the answer of a planned fault instead of the good one. */
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
