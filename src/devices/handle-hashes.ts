import { hashHandle } from './hash-handle.ts';

/** Hashes of all handles of a device: the VoIP handle counts like the other one. */
export function handleHashes(device: {
  readonly handle: string;
  readonly voipHandle?: string;
}): readonly string[] {
  const handles = device.voipHandle === undefined ? [device.handle] : [device.handle, device.voipHandle];
  return handles.map(hashHandle);
}
