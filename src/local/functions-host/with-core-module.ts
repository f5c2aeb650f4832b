import Module from 'node:module';

const coreModuleName = '@azure/functions-core';

/**
 * Runs `load` while `require('@azure/functions-core')` anywhere in this process gives `core`. The worker of Azure puts
 * its own module in the same way (`setupCoreModule` of azure-functions-nodejs-worker); here it is taken out again, so
 * that several hosts can live in one process. The library asks once, at the first registration, and remembers.
 */
export function withCoreModule<T>(core: object, load: () => T): T {
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
