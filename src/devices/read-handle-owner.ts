import * as z from 'zod/mini';
import type { TableStore } from '../storage/table-store.ts';
import type { DeviceKey } from './device-key.ts';
import type { HandleOwner } from './handle-owner.ts';
import { HANDLE_ROW_KEY } from './handle-row-key.ts';

const keySchema = z.pipe(
  z.tuple([z.string(), z.string()]),
  z.transform(([recipientId, deviceId]): DeviceKey => ({ recipientId, deviceId })),
);
const ownersSchema = z.object({ owner: z.optional(keySchema), former: z.array(keySchema) });

/** Who owns a handle. A row that cannot be read (somebody changed it by hand) counts as one that names nobody. */
export async function readHandleOwner(handles: TableStore, hash: string): Promise<HandleOwner> {
  const row = await handles.get(hash, HANDLE_ROW_KEY);
  if (row === undefined) return { hash, former: [] };
  const { owner, former } = parseOwners(row.cells['owners']);
  return { hash, ...(owner === undefined ? {} : { owner }), former, etag: row.etag };
}

function parseOwners(cell: unknown): z.infer<typeof ownersSchema> {
  try {
    return ownersSchema.parse(JSON.parse(String(cell)));
  } catch {
    return { former: [] };
  }
}
