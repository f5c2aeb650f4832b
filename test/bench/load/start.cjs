// Loads the modules that the arguments name, as the Azure worker does: with its own module as @azure/functions-core.
const Module = require('node:module');

const core = {
  version: '1.0.0',
  registerFunction: () => ({ dispose: () => undefined }),
  registerHook: () => ({ dispose: () => undefined }),
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  log: () => undefined,
  Disposable: class {},
};
Module.prototype.require = new Proxy(Module.prototype.require, {
  apply: (target, self, [name]) =>
    name === '@azure/functions-core' ? core : Reflect.apply(target, self, [name]),
});
for (const name of process.argv.slice(2)) require(name);
const { user, system } = process.cpuUsage();
require('node:fs').writeSync(1, String(user + system));
// The loaded modules may hold timers or sockets.
process.exit();
