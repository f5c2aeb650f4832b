import { createCoreApi } from './core-api.ts';
import { createFunctionStore, type RegisteredFunction } from './function-store.ts';
import { createHookStore } from './hook-store.ts';
import type { HostLog } from './host-log.ts';
import { type InvocationInput, invokeFunction } from './invoke-function.ts';
import { loadApp } from './load-app.ts';
import type { RpcInvocationResponse } from './rpc.ts';

/** A loaded app: its functions, and how to run them. */
export interface AppRuntime {
  readonly functions: readonly RegisteredFunction[];
  /** Runs a function once. Throws what it threw, after it has been logged. */
  readonly invoke: (registered: RegisteredFunction, input: InvocationInput) => Promise<RpcInvocationResponse>;
  /** Waits for what is running, then runs the `appTerminate` hooks. */
  readonly stop: () => Promise<void>;
}

/** Loads an app as the worker of Azure does: entry point, `appStart` hooks, end of registration. */
export async function startAppRuntime(appRoot: string, log: HostLog): Promise<AppRuntime> {
  const functions = createFunctionStore();
  const hooks = createHookStore();
  const core = createCoreApi(functions, hooks, log);
  const appHookData = {};
  const ownHookData = {};

  loadApp(appRoot, core.module);
  await core.programmingModel().getCapabilities?.({});
  await hooks.run('appStart', { hookData: ownHookData, appHookData, functionAppDirectory: appRoot });
  functions.close();

  const host = { programmingModel: core.programmingModel, hooks, log, appHookData };
  const running = new Set<Promise<unknown>>();
  return {
    functions: functions.list(),
    invoke: async (registered, input) => {
      const run = invokeFunction(host, registered, input);
      running.add(run);
      try {
        return await run;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        log(registered.metadata.name, 'error', `failed: ${message}`);
        throw error;
      } finally {
        running.delete(run);
      }
    },
    stop: async () => {
      await Promise.allSettled(running);
      await hooks.run('appTerminate', { hookData: ownHookData, appHookData });
    },
  };
}
