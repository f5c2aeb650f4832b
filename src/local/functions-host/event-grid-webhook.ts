import { isRecord, parseJson } from '../../shared/json.ts';
import type { Clock } from '../../shared/time.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { HostLog } from './host-log.ts';
import type { InvocationInput } from './invocation.ts';
import { findTrigger, type RpcInvocationRequest, type RpcTypedData, toTypedData } from './rpc.ts';
import type { HostAnswer } from './rpc-http.ts';

/** Finds an Event Grid function by name and binds it to a trace context; undefined when unknown. */
export type EventGridLookup = (
  functionName: string,
  traceContext: RpcInvocationRequest['traceContext'],
) => RunEvent | undefined;

/** Runs one Event Grid function with one event. */
type RunEvent = (event: unknown) => Promise<unknown>;

/** A request to `/runtime/webhooks/EventGrid`. */
interface EventGridRequest {
  readonly method: string;
  readonly functionName: string | undefined;
  /** Header `aeg-event-type`. */
  readonly eventType: string | undefined;
  readonly body: string;
}

const plainText = { 'content-type': 'text/plain; charset=utf-8' };

const unreadable: HostAnswer = {
  status: 500,
  headers: plainText,
  body: 'The request content should be parseable into a JSON object or array.',
};

/**
 * Answers like the webhook of the Functions Event Grid extension (`HttpRequestProcessor` and
 * `EventGridExtensionConfigProvider`): both handshakes, and one concurrent invocation per event; 202 when all succeed,
 * 500 when one fails, so that Event Grid redelivers the whole POST.
 */
export async function answerEventGrid(
  request: EventGridRequest,
  find: (functionName: string) => RunEvent | undefined,
): Promise<HostAnswer> {
  const { functionName = '' } = request;
  if (request.method === 'OPTIONS') {
    return { status: 200, headers: { 'Webhook-Allowed-Origin': 'eventgrid.azure.net' } };
  }
  const run = find(functionName);
  if (run === undefined) {
    return { status: 404, headers: plainText, body: `cannot find function: '${functionName}'` };
  }
  switch (request.eventType?.toLowerCase()) {
    case 'subscriptionvalidation':
      return answerHandshake(request.body);
    case 'notification':
      return runEvents(request.body, run);
    case 'unsubscribe':
      return { status: 202 };
    default:
      return { status: 400 };
  }
}

/** Looks names up in any case and warns when the case differs: Azure is case-sensitive. */
export function createEventGridLookup(runtime: AppRuntime, clock: Clock, log: HostLog): EventGridLookup {
  return (functionName, traceContext) => {
    const wanted = functionName.toLowerCase();
    for (const registered of runtime.functions) {
      const { name } = registered.metadata;
      const trigger = findTrigger(registered.metadata);
      if (trigger?.binding.type.toLowerCase() !== 'eventgridtrigger' || name.toLowerCase() !== wanted)
        continue;
      if (name !== functionName) {
        log(
          'host',
          'warning',
          `functionName=${functionName} runs ${name} here; Azure is case-sensitive and would not find it`,
        );
      }
      return async (event) => {
        const sys = { methodName: name, utcNow: new Date(clock()).toISOString() };
        try {
          await runtime.invoke(registered, eventGridInput(trigger.name, event, traceContext, sys));
        } catch (cause) {
          const text = cause instanceof Error ? cause.message : String(cause);
          throw new Error(`Exception while executing function: Functions.${name}: ${text}`, { cause });
        }
      };
    }
    return undefined;
  };
}

/**
 * The input of an Event Grid function as the host builds it: the event, and trigger metadata of its top-level members
 * and `sys`.
 */
export function eventGridInput(
  bindingName: string,
  event: unknown,
  traceContext: RpcInvocationRequest['traceContext'],
  sys: { readonly methodName: string; readonly utcNow: string },
): InvocationInput {
  const triggerMetadata: Record<string, RpcTypedData> = {};
  if (typeof event === 'object' && event !== null) {
    for (const [name, value] of Object.entries(event)) triggerMetadata[name] = toTypedData(value);
  }
  triggerMetadata['sys'] = {
    json: JSON.stringify({ MethodName: sys.methodName, UtcNow: sys.utcNow, RandGuid: crypto.randomUUID() }),
  };
  return { inputData: [{ name: bindingName, data: toTypedData(event) }], triggerMetadata, traceContext };
}

/** In the CloudEvents schema, `data` is a string of JSON. */
function answerHandshake(body: string): HostAnswer {
  const value = parseJson(body);
  if (value === undefined) return unreadable;
  const event = Array.isArray(value) ? value[0] : value;
  const data = isRecord(event) ? event['data'] : undefined;
  const inner = typeof data === 'string' ? parseJson(data) : undefined;
  const fields = inner === undefined ? data : inner;
  const code = isRecord(fields) ? fields['validationCode'] : undefined;
  if (typeof code !== 'string') return unreadable;
  return { status: 200, headers: plainText, body: JSON.stringify({ validationResponse: code }) };
}

async function runEvents(body: string, run: RunEvent): Promise<HostAnswer> {
  const value = parseJson(body);
  if (value === undefined) return unreadable;
  const events = Array.isArray(value) ? value : [value];
  if (!Array.isArray(value) && !isRecord(value)) return unreadable;
  const results = await Promise.allSettled(events.map((event) => run(event)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed === undefined) return { status: 202 };
  const message = failed.reason instanceof Error ? failed.reason.message : String(failed.reason);
  return { status: 500, headers: plainText, body: message };
}
