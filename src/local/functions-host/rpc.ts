/**
 * The values that the Functions host and its Node.js worker exchange, as `@azure/functions` sees them. Only what HTTP,
 * Event Grid and timer triggers need. Source: FunctionRpc.proto of the Azure Functions language worker protocol.
 */
export interface RpcTypedData {
  readonly string?: string | null;
  readonly json?: string | null;
  readonly bytes?: Uint8Array | null;
  readonly int?: number | null;
  readonly double?: number | null;
  readonly http?: RpcHttpData | null;
}

/** A value that may be absent on the wire. */
export interface RpcNullable<T> {
  readonly value?: T;
}

/** A cookie of an HTTP response. `sameSite: 'none'` omits the attribute. */
export interface RpcHttpCookie {
  readonly name?: string;
  readonly value?: string;
  readonly domain?: RpcNullable<string>;
  readonly path?: RpcNullable<string>;
  readonly expires?: RpcNullable<{ readonly seconds?: number }>;
  readonly secure?: RpcNullable<boolean>;
  readonly httpOnly?: RpcNullable<boolean>;
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  /** Seconds. */
  readonly maxAge?: RpcNullable<number>;
}

/** An incoming HTTP request, or an outgoing response. */
export interface RpcHttpData {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly nullableHeaders?: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableParams?: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableQuery?: Readonly<Record<string, RpcNullable<string>>>;
  readonly statusCode?: string;
  readonly cookies?: readonly RpcHttpCookie[];
  readonly body?: RpcTypedData | null;
}

/** One binding of a function: its type and the options of the trigger. */
export interface RpcBinding {
  readonly type: string;
  readonly direction?: string;
  readonly [option: string]: unknown;
}

/** What `app.http(…)` and similar calls register. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, RpcBinding>>;
}

export interface RpcInvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly traceContext: { readonly traceParent?: string; readonly traceState?: string };
}

export interface RpcInvocationResponse {
  readonly invocationId: string;
  readonly returnValue?: RpcTypedData | null;
}

/** Wraps a value for the worker: strings, bytes, integers and doubles as such, everything else as JSON. */
export function toTypedData(value: unknown): RpcTypedData {
  if (typeof value === 'string') return { string: value };
  if (value instanceof Uint8Array) return { bytes: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { int: value } : { double: value };
  return { json: JSON.stringify(value ?? null) };
}

interface FunctionTrigger {
  /** Name of the binding, which is also the name of the input. */
  readonly name: string;
  readonly binding: RpcBinding;
}

/** The trigger of a function, recognized by the ending of its type, as in the library. */
export function findTrigger(metadata: FunctionMetadata): FunctionTrigger | undefined {
  for (const [name, binding] of Object.entries(metadata.bindings)) {
    if (/trigger$/i.test(binding.type)) return { name, binding };
  }
  return undefined;
}
