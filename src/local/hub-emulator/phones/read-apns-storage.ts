import type { Storage } from './storage.ts';

const thirtyDaysMs = 30 * 86_400_000;

/**
 * How APNs keeps a notification for an offline phone: until `apns-expiration`, 30 days at most and by default; not at
 * all when it is 0. Source: "Sending notification requests to APNs".
 */
export function readApnsStorage(headers: Readonly<Record<string, string>>, nowMs: number): Storage {
  const expiration = headers['apns-expiration'];
  const seconds = expiration !== undefined && /^\d+$/.test(expiration) ? Number(expiration) : undefined;
  const collapseId = headers['apns-collapse-id'];
  return {
    stored: seconds !== 0,
    expiresAtMs: Math.min(seconds === undefined ? Infinity : seconds * 1000, nowMs + thirtyDaysMs),
    ...(collapseId === undefined ? {} : { collapseId }),
  };
}
