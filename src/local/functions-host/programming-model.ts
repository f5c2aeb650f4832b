import type { HostLogLevel } from './host-log.ts';
import type { FunctionMetadata, RpcInvocationRequest, RpcInvocationResponse } from './rpc.ts';

/** Whether a line comes from the app (`user`) or from the machinery (`system`). */
export type LogCategory = 'user' | 'system' | 'customMetric';

/** A registered handler: the inputs of the function, then the context. */
export type FunctionCallback = (...parameters: unknown[]) => unknown;

/** What the host hands to the programming model for one invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  /** Where the invocation stands; the library warns about log calls that come too late. */
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  readonly log: (level: HostLogLevel, category: LogCategory, message: string) => void;
}

/** One invocation, seen from the library; `Context` stays opaque to the host. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<RpcInvocationResponse>;
}

/** What `@azure/functions` gives to `setProgrammingModel`. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  /** Ends the time in which setup options may change. Absent in old versions of the library. */
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
}
