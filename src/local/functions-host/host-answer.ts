import type { ServerResponse } from 'node:http';

/** A whole HTTP answer as plain data. */
export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** Sends an answer; statuses without a body get none. */
export function sendHostAnswer(response: ServerResponse, answer: HostAnswer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.end(answer.body);
}
