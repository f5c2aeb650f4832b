import type { InvocationInput } from './invoke-function.ts';
import type { RpcInvocationRequest, RpcTypedData } from './rpc.ts';
import { toTypedData } from './typed-data.ts';

/**
 * The input of an Event Grid function: the event as it came, and its top-level members once more as trigger metadata
 * beside `sys`, as the host builds them.
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
