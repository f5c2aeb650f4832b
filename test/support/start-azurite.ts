import type { TestProject } from 'vitest/node';
import { startAzurite } from '../../src/local/start-azurite.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the one Azurite all tests of a run share. Isolate by `randomStorageName`. */
    azurite: string;
  }
}

/** Starts one Azurite for the whole run and ends it after the last test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const azurite = await startAzurite();
  project.provide('azurite', azurite.connectionString);
  return azurite.stop;
}
