/** A whole number with separators. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** The type of an event without the common prefix. */
export function shortType(type: string): string {
  return type.replace(/^Microsoft\.Communication\./, '');
}

/** Local time of day with milliseconds. */
export function clockTime(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A duration; the shorter, the more digits. */
export function duration(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

/** Writes the remaining time into every element with `data-until` (epoch milliseconds), or its `data-over` at the end. */
export function updateCountdowns(nowMs: number): void {
  for (const element of document.querySelectorAll('[data-until]')) {
    const untilMs = Number(element.getAttribute('data-until'));
    const text =
      nowMs >= untilMs ? (element.getAttribute('data-over') ?? '0:00') : countdown(untilMs - nowMs);
    if (element.textContent !== text) element.textContent = text;
  }
}

/** Formats as `0:07` or `23:59:07`, in whole seconds, rounded up. */
function countdown(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
