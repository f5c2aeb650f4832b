import type { DeviceRegistry } from '../../src/devices/device-registry.ts';
import { createDeviceRegistry } from '../../src/devices/device-registry.ts';
import { createMemoryTableService } from '../../src/storage/memory-tables.ts';
import type { TableService, TableStore } from '../../src/storage/tables.ts';

/** A time in 2026 at which tests begin. */
export const startMs = 1_793_350_800_000;
/** How long a registration lives in tests. */
export const ttlMs = 1_000_000;

/** A registry with a clock that tests turn. */
export interface OpenRegistry {
  readonly registry: DeviceRegistry;
  readonly time: { nowMs: number };
}

/** A {@link DeviceRegistry} on two stores and the day tables of its expiry index, with three devices per user. */
export function openRegistry(
  devices: TableStore,
  handles: TableStore,
  devicesPerUser = 3,
  expiries: TableService = createMemoryTableService(),
): OpenRegistry {
  const time = { nowMs: startMs };
  const registry = createDeviceRegistry({
    devices,
    handles,
    expiries,
    clock: () => time.nowMs,
    deviceTtlMs: ttlMs,
    devicesPerUser,
  });
  return { registry, time };
}
