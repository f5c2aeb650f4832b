import { defineConfig } from 'vitest/config';

/*
 * `npm run test:browser`: the inspector in a real browser. With SCREENSHOTS=<folder> it makes the pictures of the README
 * and of the docs instead.
 */
const include = process.env['SCREENSHOTS'] === undefined ? '*.browser.ts' : '*.screenshots.ts';

export default defineConfig({
  test: {
    include: [`test/browser/${include}`],
    globalSetup: ['test/support/browser/need-chromium.ts'],
    // Rings last a few seconds: a second browser beside it would make them late.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
