import { maskHandle } from '../../mask-handle.ts';

/** Names device handles for a message: the first one masked, the others as a number. */
export function nameHandles(handles: readonly string[]): string {
  const [first = '', ...more] = handles;
  return more.length === 0 ? maskHandle(first) : `${maskHandle(first)} and ${more.length} more`;
}
