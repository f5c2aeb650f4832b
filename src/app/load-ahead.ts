/**
 * Loads the libraries of the first ring once the host has registered the Functions: on a warm instance no ring should wait
 * for them. A failure is ignored here, because the first event meets and reports it again.
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
