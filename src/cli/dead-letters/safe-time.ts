/** A moment for a table, such as `2026-11-22T09:00:00Z`; `-` when it is not known. */
export function safeTime(timeMs: number | undefined): string {
  if (timeMs === undefined || !(Math.abs(timeMs) <= 8.64e15)) return '-';
  return new Date(timeMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
