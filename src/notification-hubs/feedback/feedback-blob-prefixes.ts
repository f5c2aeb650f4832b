const DAY_MS = 24 * 60 * 60_000;

/**
 * How the blobs of the last days begin: `MMDDYYYY` in UTC, today first. Source: "Get Platform Notification Services
 * (PNS) feedback" in the Notification Hubs REST reference.
 */
export function feedbackBlobPrefixes(nowMs: number, days: number): readonly string[] {
  return Array.from({ length: days }, (_, ago) => {
    const [year = '', month = '', day = ''] = new Date(nowMs - ago * DAY_MS)
      .toISOString()
      .slice(0, 10)
      .split('-');
    return `${month}${day}${year}`;
  });
}
