import { onTestFinished } from 'vitest';

declare global {
  /** What the fixture app "events" saw. */
  var relayHostSeen: unknown[] | undefined;
}

/** The list into which the fixture app "events" writes what it saw during this test. */
export function hostSeen(): unknown[] {
  const seen: unknown[] = [];
  globalThis.relayHostSeen = seen;
  onTestFinished(() => {
    globalThis.relayHostSeen = undefined;
  });
  return seen;
}
