import { countdown } from './format.ts';

/** Writes what is left into every element with `data-until` (epoch milliseconds), and how much of it into `data-left`. */
export function updateCountdowns(nowMs: number): void {
  for (const element of document.querySelectorAll('[data-until]')) {
    const untilMs = Number(element.getAttribute('data-until'));
    const text =
      nowMs >= untilMs ? (element.getAttribute('data-over') ?? '0:00') : countdown(untilMs - nowMs);
    if (element.textContent !== text) element.textContent = text;
  }
}
