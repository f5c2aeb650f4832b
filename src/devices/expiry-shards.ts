/**
 * The partitions of every table of the expiry index. Each is read in one piece, and Azure answers with 1,000 rows at a
 * time, so a day takes 256,000 devices before a partition needs a second request.
 */
export const EXPIRY_SHARDS: readonly string[] = Array.from({ length: 256 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
);
