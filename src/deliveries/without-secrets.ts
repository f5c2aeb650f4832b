import { isCallSecret } from './is-call-secret.ts';
import { maxJsonDepth } from './max-json-depth.ts';
import { scrubText } from './scrub-text.ts';

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
  if (depth === maxJsonDepth) return null;
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isCallSecret(key))
      .map(([key, item]) => [key, copy(item, depth + 1)]),
  );
}
