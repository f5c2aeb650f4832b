import type { TableService } from '../../src/storage/tables.ts';
import { type OpenRegistry, openRegistry } from './open-registry.ts';

/** A device registry with all its tables in one storage account. */
export function openRegistryOn(tables: TableService, devicesPerUser = 3): OpenRegistry {
  return openRegistry(tables.table('devices'), tables.table('handles'), devicesPerUser, tables);
}
