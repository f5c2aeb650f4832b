import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/start-azurite.ts'],
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
