import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { failureAnswer, type HttpHandler } from '../http/answers.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createContextLogger } from '../telemetry/logger.ts';
import type { App } from './app.ts';
import { getApp } from './get-app.ts';
import type { Invocation } from './start-attempt.ts';

/** Makes the handler for one invocation, which logs to it. */
export type MakeHandler = (app: App, logger: Logger, invocation: Invocation) => HttpHandler;

/** A handler for the Functions host from one that needs the app. Wrong settings are an answer too, never a crash. */
export function handleHttp(
  make: MakeHandler,
): (request: HttpRequest, invocation: Invocation) => Promise<HttpResponseInit> {
  return async (request, invocation) => {
    const logger = createContextLogger(invocation);
    try {
      return await make(await getApp(invocation), logger, invocation)(request);
    } catch (error) {
      return failureAnswer(error, logger, 'request-failed');
    }
  };
}
