import { inject } from 'vitest';
import { createAzureTableStore } from '../../src/storage/azure-table-store.ts';
import { createMemoryTableStore } from '../../src/storage/memory-tables.ts';
import type { TableStore } from '../../src/storage/tables.ts';
import { randomStorageName } from './random-storage-name.ts';

const all: readonly { readonly name: string; readonly open: () => TableStore }[] = [
  { name: 'memory', open: createMemoryTableStore },
  {
    name: 'azurite',
    // Tests share two cores: a slow answer must not look like a lost one.
    open: () => {
      const settings = { kind: 'connection-string', connectionString: inject('azurite') } as const;
      return createAzureTableStore(settings, randomStorageName(), { tryTimeoutMs: 15_000 });
    },
  },
];

/**
 * Every implementation of {@link TableStore}; each `open` gives an empty table that nobody else uses. Memory alone under
 * `npm run mutation`, which starts no Azurite.
 */
export const tableStores = inject('azurite') === '' ? all.slice(0, 1) : all;
