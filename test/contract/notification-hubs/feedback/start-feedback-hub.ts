import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import type { HubSettings } from '../../../../src/config/relay-config.ts';
import { closeServer, listen } from '../../../../src/local/http-server.ts';
import { checkSasToken } from '../../../../src/local/hub-emulator/sas-token.ts';

/** 2026-11-22T09:00:00Z, the time of these tests. */
export const hubNowMs = 1_795_338_000_000;

/** What a hub says when it is asked for its feedback container; a function may do as it likes. */
export type FeedbackAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** A namespace that answers for the feedback of its hubs and nothing else. */
export interface FeedbackHub {
  /** Method, URL and content type of each request. */
  readonly requests: readonly string[];
  /** How to reach one of its hubs. */
  readonly hub: (hubName?: string, key?: string) => HubSettings;
}

/** Starts a {@link FeedbackHub} that ends with the test. The SAS token of each request is checked as the service does. */
export async function startFeedbackHub(
  answers: Readonly<Record<string, FeedbackAnswer>>,
  nowMs = hubNowMs,
): Promise<FeedbackHub> {
  const requests: string[] = [];
  let origin = '';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin);
    requests.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
    const sas = checkSasToken(request.headers.authorization, {
      keys: { Manager: 'feedback-test-key=' },
      requestUrl: url.href,
      nowMs,
    });
    const answer = answers[url.pathname.split('/')[1] ?? ''];
    if (typeof answer === 'function') return answer(request, response);
    const { status, headers, body } =
      sas.kind === 'invalid'
        ? { status: 401, headers: {}, body: '' }
        : (answer ?? { status: 404, headers: {}, body: '' });
    response.writeHead(status, headers).end(body);
  });
  const port = await listen(server, { port: 0, setting: 'none', what: 'the feedback hub' });
  origin = `http://127.0.0.1:${port}`;
  onTestFinished(() => closeServer(server));
  return {
    requests,
    hub: (hubName = 'relay', key = 'feedback-test-key=') => ({
      connection: { endpoint: origin, keyName: 'Manager', key },
      hubName,
    }),
  };
}
