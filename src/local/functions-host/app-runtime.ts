import { existsSync, globSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { RelayError } from '../../errors/errors.ts';
import { createCoreApi, createFunctionStore, createHookStore, type RegisteredFunction } from './core-api.ts';
import type { HostLog } from './host-log.ts';
import { type InvocationInput, invokeFunction } from './invocation.ts';
import type { RpcInvocationResponse } from './rpc.ts';

/** A loaded Function App. */
export interface AppRuntime {
  readonly functions: readonly RegisteredFunction[];
  /** Runs a function once. Logs and rethrows its error. */
  readonly invoke: (registered: RegisteredFunction, input: InvocationInput) => Promise<RpcInvocationResponse>;
  /** Waits for running functions, then runs the `appTerminate` hooks. */
  readonly stop: () => Promise<void>;
}

/** Loads an app as the Azure worker does: entry point, `appStart` hooks, end of registration. */
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

const packageSchema = z.object({ main: z.string().min(1) });

/**
 * Loads the entry points in `main` of the app's package.json (a path or a glob, as in Azure), fresh each time, with
 * `core` as `@azure/functions-core`. Rethrows any error of the app.
 *
 * @throws RelayError `BUILD_MISSING` when `main` matches no file.
 */
export function loadApp(appRoot: string, core: object): void {
  const packagePath = join(appRoot, 'package.json');
  const { main } = packageSchema.parse(JSON.parse(readFileSync(packagePath, 'utf8')));
  const literal = join(appRoot, main);
  const entries = existsSync(literal)
    ? [literal]
    : globSync(main, { cwd: appRoot }).map((file) => join(appRoot, file));
  if (entries.length === 0) {
    throw new RelayError({
      code: 'BUILD_MISSING',
      class: 'user',
      message: `The Function App has no file ${main} ("main" in package.json). Run "npm run build" first.`,
    });
  }
  const require = createRequire(packagePath);
  forget(require, appRoot);
  withCoreModule(core, () => {
    for (const entry of entries) require(entry);
  });
}

/** Drops the app and its copy of the library from the module cache: both keep the first host they see. */
function forget(require: NodeJS.Require, appRoot: string): void {
  const own = appRoot + sep;
  const library = `${sep}@azure${sep}functions${sep}`;
  for (const file of Object.keys(require.cache)) {
    const ofApp = file.startsWith(own) && !file.slice(own.length).includes('node_modules');
    if (ofApp || file.includes(library)) delete require.cache[file];
  }
}

const coreModuleName = '@azure/functions-core';

/**
 * Runs `load` while `require('@azure/functions-core')` anywhere in this process returns `core`. The Azure worker injects
 * its module in the same way (`setupCoreModule` of azure-functions-nodejs-worker). Here the patch is undone, so that
 * several hosts can share one process. The library requires the module once, at the first registration.
 */
function withCoreModule<T>(core: object, load: () => T): T {
  const original = Module.prototype.require;
  Module.prototype.require = new Proxy(original, {
    apply: (target, self, parameters) =>
      parameters[0] === coreModuleName ? core : Reflect.apply(target, self, parameters),
  });
  try {
    return load();
  } finally {
    Module.prototype.require = original;
  }
}
