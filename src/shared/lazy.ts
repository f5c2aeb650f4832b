/**
 * Opens something with the first call and gives it to all. What could not be opened is opened anew with the next call: a
 * failure that passes must not stay for the life of the process.
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
