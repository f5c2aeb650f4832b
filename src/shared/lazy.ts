/**
 * Opens a resource on the first call and shares it with all callers. After a failure the next call tries again, so that a
 * transient error does not last for the life of the process.
 */
export function lazy<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
