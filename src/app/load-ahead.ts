/**
 * Loads what the first ring will need, once the host has its answer about which Functions there are: an instance that
 * stands ready must not let its first ring wait for libraries. A failure is no matter here: the first event meets it again,
 * and there it is told.
 */
export function loadAhead(): void {
  setImmediate(() => {
    const needed = [
      import('../storage/data-tables.ts'),
      import('../notification-hubs/transports/undici-transport.ts'),
    ];
    void Promise.allSettled(needed);
  });
}
