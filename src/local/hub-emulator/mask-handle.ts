/** A device handle as it may be shown: its first and last four characters, or none of a short one. */
export function maskHandle(handle: string): string {
  return handle.length < 16 ? '…' : `${handle.slice(0, 4)}…${handle.slice(-4)}`;
}
