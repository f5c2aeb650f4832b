import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { testTls } from '../../contract/notification-hubs/support/test-tls.ts';
import { listenUntilTestEnds } from '../listen-until-test-ends.ts';
import { armError, type FakeAnswer } from './arm-answer.ts';

/** One request as it arrived. */
export interface ArmRequest {
  /** Method and path, as it was sent. */
  readonly line: string;
  readonly apiVersion: string;
  readonly body: string;
}

/** A server that stands in for Azure Resource Manager. */
export interface FakeArm {
  readonly endpoint: string;
  readonly requests: ArmRequest[];
}

/**
 * Answers by method and path; paths are compared as Azure does, without regard to case. Several answers come in turn, the
 * last one again and again.
 */
export type FakeAnswers = Readonly<Record<string, FakeAnswer | readonly FakeAnswer[]>>;

/** The one bearer token that the fake takes. */
export const fakeToken = 'invented-bearer-token';

/** Starts it with TLS on a free port of 127.0.0.1; what it has no answer for is not found. It ends with the test. */
export async function startFakeArm(answers: FakeAnswers): Promise<FakeArm> {
  const known = new Map(
    Object.entries(answers).map(([line, answer]) => [line.toLowerCase(), [answer].flat()]),
  );
  const next = (line: string): FakeAnswer | undefined => {
    const queue = known.get(line.toLowerCase());
    return queue !== undefined && queue.length > 1 ? queue.shift() : queue?.[0];
  };
  const requests: ArmRequest[] = [];
  const server = createServer(testTls, async (request, response) => {
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    const line = `${request.method} ${decodeURIComponent(url.pathname)}`;
    const apiVersion = url.searchParams.get('api-version') ?? '';
    requests.push({ line, apiVersion, body: await text(request) });
    const answer =
      request.headers.authorization === `Bearer ${fakeToken}`
        ? (next(line) ?? armError(404, 'ResourceNotFound', `The Resource '${url.pathname}' was not found.`))
        : armError(401, 'AuthenticationFailed', 'Authentication failed.');
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  const port = await listenUntilTestEnds(server);
  return { endpoint: `https://127.0.0.1:${port}`, requests };
}
