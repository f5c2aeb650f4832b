import type { Replayed } from './replayed.ts';

/** The text of a golden file: each event of the recording with its end and its exact pushes. Byte-stable. */
export function goldenText({ name, events }: Replayed): string {
  return `${JSON.stringify({ recording: name, events }, undefined, 2)}\n`;
}
