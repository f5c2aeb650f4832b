import type { Clock } from '../../shared/time.ts';
import type { AppRuntime } from './app-runtime.ts';
import { eventGridInput } from './event-grid-input.ts';
import type { RunEvent } from './event-grid-webhook.ts';
import { findTrigger } from './find-trigger.ts';
import type { HostLog } from './host-log.ts';
import type { RpcInvocationRequest } from './rpc.ts';

/** Finds the Event Grid function of a name, ready to be run within a trace. */
export type EventGridLookup = (
  functionName: string,
  traceContext: RpcInvocationRequest['traceContext'],
) => RunEvent | undefined;

/** Looks names up in any case, but warns when the case differs: Azure compares them exactly. */
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
          `functionName=${functionName} is taken for ${name}; Azure tells upper from lower case`,
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
