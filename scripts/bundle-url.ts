import { pathToFileURL } from 'node:url';

/**
 * Stands in for `import.meta.url` in the CommonJS bundle, which has none. `@azure/storage-common` needs it to load:
 * without it no dead letter can be written.
 */
export const bundleUrl = pathToFileURL(__filename).href;
