import type { TableStore, WriteResult } from '../storage/table-store.ts';
import type { DeviceKey } from './device-key.ts';
import type { HandleOwner } from './handle-owner.ts';
import { HANDLE_ROW_KEY } from './handle-row-key.ts';

/**
 * Writes who owns a handle over the very version that was read (`etag`; without it there must be no row). A row that
 * names nobody is removed.
 */
export async function writeHandleOwner(handles: TableStore, next: HandleOwner): Promise<WriteResult> {
  const { hash, owner, former, etag } = next;
  const owners = JSON.stringify({
    ...(owner === undefined ? {} : { owner: toTuple(owner) }),
    former: former.map(toTuple),
  });
  if (etag === undefined) return handles.insert(hash, HANDLE_ROW_KEY, { owners });
  if (owner === undefined && former.length === 0) return handles.remove(hash, HANDLE_ROW_KEY, etag);
  return handles.replace(hash, HANDLE_ROW_KEY, { owners }, etag);
}

function toTuple(key: DeviceKey): readonly [string, string] {
  return [key.recipientId, key.deviceId];
}
