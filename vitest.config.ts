import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/start-azurite.ts'],
    // Half of the time the tests wait for sockets and processes, so every core can have a file.
    maxWorkers: '100%',
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: [
        'src/events/**',
        'src/notifications/**',
        'src/notification-hubs/**',
        'src/devices/**',
        'src/config/**',
      ],
      thresholds: { lines: 100, functions: 100, branches: 95 },
      reporter: ['text-summary', 'json-summary', 'lcov'],
    },
  },
});
