import { inject } from 'vitest';
import { createAzureTableService } from '../../../../src/storage/azure-table-service.ts';
import { type BlobStore, createAzureBlobStore } from '../../../../src/storage/blobs.ts';
import { createMemoryTableService } from '../../../../src/storage/memory-tables.ts';
import type { TableService } from '../../../../src/storage/tables.ts';
import { createMemoryBlobStore } from '../../../support/create-memory-blob-store.ts';
import { randomStorageName } from '../../../support/random-storage-name.ts';

/** A kind of storage the same cases run on; every call gives an empty one. */
export interface Storage {
  readonly name: string;
  readonly tables: () => TableService;
  readonly blobs: () => BlobStore;
}

const settings = () => ({ kind: 'connection-string', connectionString: inject('azurite') }) as const;

const all: readonly Storage[] = [
  { name: 'memory', tables: createMemoryTableService, blobs: createMemoryBlobStore },
  {
    name: 'Azurite',
    tables: () => prefixed(createAzureTableService(settings()), randomStorageName()),
    blobs: () => createAzureBlobStore(settings(), randomStorageName()),
  },
];

/** Memory and a real Azurite; memory alone under `npm run mutation`, which starts no Azurite. */
export const storages = inject('azurite') === '' ? all.slice(0, 1) : all;

/** A part of a storage account that no other test sees. */
function prefixed(service: TableService, prefix: string): TableService {
  return {
    table: (name) => service.table(prefix + name),
    makeTable: (name) => service.makeTable(prefix + name),
    listTables: async (start) =>
      (await service.listTables(prefix + start)).map((name) => name.slice(prefix.length)),
    dropTable: (name) => service.dropTable(prefix + name),
  };
}
