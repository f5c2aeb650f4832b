import { type ClassifyContext, classifyResponse } from './classify-response.ts';
import type { HubTransportResult } from './hub-transport.ts';
import type { PushOutcome } from './push-outcome.ts';

/**
 * Turns what a transport reports into the outcome of a push: an answer by its status, a request that never left into
 * `unavailable`, one that left without an answer into `unknown`. Pure.
 */
export const classifyTransportResult = (
  result: HubTransportResult,
  context: ClassifyContext,
): PushOutcome => {
  switch (result.kind) {
    case 'response':
      return classifyResponse(result, context);
    case 'not-sent':
      return { kind: 'unavailable', detail: `not sent (${result.reason})` };
    case 'no-answer':
      return { kind: 'unknown', detail: `sent, but no answer (${result.reason})` };
  }
};
