import type { DeviceKey } from './device-key.ts';

/** A row of the table `handles`: who owns a handle, and who may still hold it from before. */
export interface HandleOwner {
  readonly hash: string;
  readonly owner?: DeviceKey;
  /** Devices that owned the handle before and have not been seen to give it up. */
  readonly former: readonly DeviceKey[];
  /** Version of the row; absent when there is none. */
  readonly etag?: string;
}
