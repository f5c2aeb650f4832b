import type { DeviceTables } from './device-tables.ts';

/** What the operations of the registry share. */
export interface RegistryContext extends DeviceTables {
  /** Now, read once per operation, epoch milliseconds. */
  readonly nowMs: number;
  /** How long a registration lives without renewal, in milliseconds. */
  readonly deviceTtlMs: number;
  /** How many devices a user may have. */
  readonly devicesPerUser: number;
}
