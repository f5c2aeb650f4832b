import { defineConfig } from 'vitest/config';

/** The quick tests of the rooms that `npm run mutation` mutates: no Azurite, no sockets, no processes. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{deliveries,devices,relay}/**/*.test.ts',
      'test/contract/{deliveries,devices}/**/*.test.ts',
    ],
    provide: { azurite: '' },
    testTimeout: 20_000,
  },
});
