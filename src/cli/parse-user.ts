import { parseUserId } from '../devices/registration.ts';
import { inputUnusable } from './input-unusable.ts';

/**
 * A user id from the command line in its one spelling.
 *
 * @throws RelayError `INPUT_UNUSABLE` for an id that nobody can be pushed to by
 */
export function parseUser(text: string): string {
  const parsed = parseUserId(text);
  if (parsed.kind === 'invalid') throw inputUnusable(parsed.problem);
  return parsed.userId;
}
