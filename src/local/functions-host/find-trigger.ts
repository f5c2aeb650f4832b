import type { FunctionMetadata, RpcBinding } from './rpc.ts';

/** The trigger among the bindings of a function: every function has exactly one. */
export interface FunctionTrigger {
  /** Name of the binding, under which the input is passed. */
  readonly name: string;
  readonly binding: RpcBinding;
}

/** The trigger of a function, found by its type's ending, as the library does. */
export function findTrigger(metadata: FunctionMetadata): FunctionTrigger | undefined {
  for (const [name, binding] of Object.entries(metadata.bindings)) {
    if (/trigger$/i.test(binding.type)) return { name, binding };
  }
  return undefined;
}
