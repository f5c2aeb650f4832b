/**
 * What may be shown of a device handle: its first four characters and its length, enough to tell one's devices apart.
 * Handles have at least 20 characters (FCM) or 64 hex digits (APNs), of which four help nobody to push.
 */
export function maskHandle(handle: string): string {
  return `${handle.slice(0, 4)}… (${handle.length} characters)`;
}
