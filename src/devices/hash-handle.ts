import { createHash } from 'node:crypto';

/**
 * The SHA-256 of a device handle in hex, under which its owner is found. Hex handles (APNs) count as equal in any
 * case, as push services and their feedback spell them differently.
 */
export function hashHandle(handle: string): string {
  const spelling = /^[0-9a-f]+$/i.test(handle) ? handle.toLowerCase() : handle;
  return createHash('sha256').update(spelling).digest('hex');
}
