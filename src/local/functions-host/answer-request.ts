import type { IncomingMessage } from 'node:http';
import { readBody } from '../http-server.ts';
import { answerAdmin, type RunByHand } from './admin-endpoint.ts';
import type { AppRuntime } from './app-runtime.ts';
import { answerEventGrid, type EventGridLookup } from './event-grid-webhook.ts';
import type { HttpRoutes } from './http-routes.ts';
import { fromRpcHttpResponse, type HostAnswer, toRpcHttpRequest, traceContextOf } from './rpc-http.ts';

/** A POST for a function. */
export interface ObservedDelivery {
  readonly functionName: string;
  /** Header `aeg-event-type`; empty when absent. */
  readonly eventType: string;
  /** Number of the delivery, from 1. Event Grid counts the earlier ones in `aeg-delivery-count`. */
  readonly attempt: number;
  readonly body: string;
}

/** Called with a POST before the function runs; the returned function is called with the answer. Must not throw. */
export type DeliveryObserver = (delivery: ObservedDelivery) => (answer: HostAnswer) => void;

interface HostRoutes {
  readonly runtime: AppRuntime;
  readonly http: HttpRoutes;
  readonly eventGrid: EventGridLookup;
  readonly runByHand: RunByHand;
  readonly observe?: DeliveryObserver;
}

/** The default request limit of the Functions host (100 MB). */
const maxBodyBytes = 104_857_600;

/** Answers one request: the Event Grid webhook, the admin route, or a function of the app. */
export async function answerRequest(routes: HostRoutes, request: IncomingMessage): Promise<HostAnswer> {
  const url = readUrl(request);
  if (url === undefined) return { status: 400 };
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) return { status: 413 };
  const { method = 'GET' } = request;

  if (/^\/runtime\/webhooks\/eventgrid\/?$/i.test(url.pathname)) {
    const eventType = request.headers['aeg-event-type'];
    const functionName = url.searchParams.get('functionName') ?? undefined;
    return observed(routes, request, functionName, body, () =>
      answerEventGrid(
        {
          method,
          functionName,
          eventType: typeof eventType === 'string' ? eventType : undefined,
          body: body.toString(),
        },
        (name) => routes.eventGrid(name, traceContextOf(request)),
      ),
    );
  }
  const admin = /^\/admin\/functions\/([^/]+)$/.exec(url.pathname);
  if (admin?.[1] !== undefined && method === 'POST') {
    return answerAdmin(admin[1], body.toString(), routes.runByHand);
  }
  return answerFunction(routes, request, url, body);
}

function readUrl(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  } catch {
    return undefined;
  }
}

/** Reports a POST for a function, and its answer, to the observer. */
async function observed(
  { observe }: HostRoutes,
  { method, headers }: IncomingMessage,
  functionName: string | undefined,
  body: Uint8Array,
  answer: () => Promise<HostAnswer>,
): Promise<HostAnswer> {
  if (observe === undefined || method !== 'POST' || functionName === undefined) return answer();
  const count = Number(headers['aeg-delivery-count'] ?? 0);
  const report = observe({
    functionName,
    eventType: String(headers['aeg-event-type'] ?? ''),
    attempt: Number.isInteger(count) ? count + 1 : 1,
    body: Buffer.from(body).toString(),
  });
  const given = await answer();
  report(given);
  return given;
}

async function answerFunction(
  routes: HostRoutes,
  request: IncomingMessage,
  url: URL,
  body: Uint8Array,
): Promise<HostAnswer> {
  const found = routes.http(request.method ?? 'GET', url.pathname);
  if (found === undefined) return { status: 404 };
  const http = toRpcHttpRequest(request, url, found.parameters, body);
  return observed(routes, request, found.registered.metadata.name, body, async () => {
    try {
      const response = await routes.runtime.invoke(found.registered, {
        inputData: [{ name: found.bindingName, data: { http } }],
        triggerMetadata: {},
        traceContext: traceContextOf(request),
      });
      return fromRpcHttpResponse(response.returnValue);
    } catch {
      // The runtime has logged the error; as in Azure, the caller gets no details.
      return { status: 500 };
    }
  });
}
