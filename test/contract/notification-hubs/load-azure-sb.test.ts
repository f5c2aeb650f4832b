import { registerHooks } from 'node:module';
import { expect, it } from 'vitest';
import { loadAzureSb } from '../../../src/notification-hubs/transports/azure-sb-transport.ts';

// Alone in its file: a test worker remembers a package it could not load.
it('reports how to install azure-sb when it is missing', async () => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier.includes('azure-sb/lib') ? 'no-such-package' : specifier, context),
  });
  await expect(loadAzureSb()).rejects.toMatchObject({
    code: 'HUB_TRANSPORT_NOT_INSTALLED',
    class: 'config',
    message:
      'HUB_TRANSPORT is "azure-sb", but the package azure-sb cannot be loaded (ERR_MODULE_NOT_FOUND). ' +
      'Run "npm install azure-sb", or remove HUB_TRANSPORT to use the built-in transport.',
    cause: { code: 'ERR_MODULE_NOT_FOUND' },
  });
  hooks.deregister();
});
