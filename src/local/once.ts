/** Makes an ending safe to ask for again: it runs once, and every call gets the same promise. */
export function once(end: () => Promise<void>): () => Promise<void> {
  let ended: Promise<void> | undefined;
  return () => {
    ended ??= end();
    return ended;
  };
}
