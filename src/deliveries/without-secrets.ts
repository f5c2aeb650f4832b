import { scrubText } from './scrub-text.ts';

// `incomingCallContext` lets its reader answer or redirect the call; `cp` and `shrToken` are parts of it.
const secretKeys = new Set(['incomingcallcontext', 'cp', 'shrtoken']);
const MAX_DEPTH = 64;

/**
 * A JSON value as it may be stored: without the secrets of a call, wherever they stand, also inside JSON texts within
 * it. What lies more than 64 levels deep becomes null. The rest stays word for word.
 */
export function withoutSecrets(value: unknown): unknown {
  return copy(value, 0);
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !secretKeys.has(key.toLowerCase()))
      .map(([key, item]) => [key, copy(item, depth + 1)]),
  );
}
