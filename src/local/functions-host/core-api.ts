import { RelayError } from '../../errors/errors.ts';
import type { HostLog, HostLogLevel } from './host-log.ts';
import type { FunctionMetadata, RpcInvocationRequest, RpcInvocationResponse } from './rpc.ts';

/** A registered handler: the inputs of the function, then the context. */
export type FunctionCallback = (...parameters: unknown[]) => unknown;

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What the host passes to the programming model for one invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  /** Phase of the invocation; the library warns about log calls that come too late. */
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  readonly log: (level: HostLogLevel, category: LogCategory, message: string) => void;
}

/** `user` for a line of the app, `system` for a line of the library. */
type LogCategory = 'user' | 'system' | 'customMetric';

/** What `@azure/functions` passes to `setProgrammingModel`. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  /** Freezes the setup options. Absent in old versions of the library. */
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** One invocation in the library; its context is opaque to the host. */
interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<RpcInvocationResponse>;
}

const version = '4.0.0-local';

interface CoreApi {
  /** What `require('@azure/functions-core')` returns to the app. */
  readonly module: object;
  /** The programming model of the app. Throws when the app registered no functions. */
  readonly programmingModel: () => ProgrammingModel;
}

/** Builds the `@azure/functions-core` module over the stores of one app. */
export function createCoreApi(functions: FunctionStore, hooks: HookStore, log: HostLog): CoreApi {
  let model: ProgrammingModel | undefined;
  class Disposable {
    readonly #dispose: () => unknown;
    constructor(dispose: () => unknown) {
      this.#dispose = dispose;
    }
    dispose(): unknown {
      return this.#dispose();
    }
  }
  return {
    module: {
      version,
      hostVersion: version,
      registerFunction: functions.register,
      registerHook: hooks.register,
      setProgrammingModel: (chosen: ProgrammingModel) => {
        model = chosen;
      },
      getProgrammingModel: () => model,
      log: (level: HostLogLevel, _category: LogCategory, message: string) => log('host', level, message),
      Disposable,
    },
    programmingModel: () => {
      if (model !== undefined) return model;
      throw unusable(
        'The app registered no functions. Its entry point must call app.http, app.eventGrid or app.timer of @azure/functions.',
      );
    },
  };
}

/** Holds the functions of one app. */
interface FunctionStore {
  /** Adds a function. Throws for a duplicate name, and after startup, as the Azure worker does. */
  readonly register: (metadata: FunctionMetadata, callback: FunctionCallback) => Disposable;
  /** Ends startup: functions can no longer be registered or disposed. */
  readonly close: () => void;
  readonly list: () => readonly RegisteredFunction[];
}

/** An empty {@link FunctionStore}. */
export function createFunctionStore(): FunctionStore {
  const functions = new Map<string, RegisteredFunction>();
  let closed = false;
  return {
    register: (metadata, callback) => {
      const { name } = metadata;
      if (closed) {
        throw unusable(
          `A function can only be registered during app startup, but "${name}" was registered later.`,
        );
      }
      if (functions.has(name)) {
        throw unusable(
          `A function with the name "${name}" has already been registered. Give each function its own name.`,
        );
      }
      functions.set(name, { metadata, callback });
      return {
        dispose: () => {
          if (closed)
            throw unusable(
              `A function can only be disposed during app startup, so "${name}" stays registered.`,
            );
          functions.delete(name);
        },
      };
    },
    close: () => {
      closed = true;
    },
    list: () => [...functions.values()],
  };
}

/** Holds the hooks of one app and runs them in registration order. */
export interface HookStore {
  readonly register: (name: string, callback: HookCallback) => Disposable;
  /** Runs all hooks of a name in sequence; the first error stops the sequence. */
  readonly run: (name: Exclude<HookName, 'log'>, context: object) => Promise<void>;
  /** Runs all `log` hooks synchronously. */
  readonly runLog: (context: object) => void;
}

/** A hook of the app. It may modify its context. */
type HookCallback = (context: object) => unknown;

type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation' | 'log';

interface Disposable {
  dispose(): void;
}

const hookNames: readonly string[] = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'];

/** An empty {@link HookStore}. */
export function createHookStore(): HookStore {
  let hooks: readonly { readonly name: string; readonly callback: HookCallback }[] = [];
  return {
    register: (name, callback) => {
      if (!hookNames.includes(name)) {
        throw unusable(`Unknown hook "${name}". Use one of ${hookNames.join(', ')}.`);
      }
      const hook = { name, callback };
      hooks = [...hooks, hook];
      return {
        dispose: () => {
          hooks = hooks.filter((other) => other !== hook);
        },
      };
    },
    run: async (name, context) => {
      for (const hook of hooks) if (hook.name === name) await hook.callback(context);
    },
    runLog: (context) => {
      for (const hook of hooks) if (hook.name === 'log') hook.callback(context);
    },
  };
}

function unusable(message: string): RelayError {
  return new RelayError({ code: 'INPUT_UNUSABLE', class: 'user', message });
}
