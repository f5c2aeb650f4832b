/** Limits of the transports where the caller gives none. See {@link TransportOptions} for what they mean. */
export const transportDefaults = {
  maxConnections: 64,
  // Windows HTTP servers end idle connections after 120 s ("HTTPAPI timeouts"); well below that, no idle socket is
  // met while it is being closed by the other side.
  keepAliveMs: 50_000,
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 15_000,
  bodyTimeoutMs: 2_000,
  maxBodyBytes: 16 * 1024,
} as const;
