import type { HttpRequest, HttpResponseInit } from '@azure/functions';

/** A handler as Azure Functions calls it. It always answers: whatever goes wrong becomes a status and a stable code. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponseInit>;
