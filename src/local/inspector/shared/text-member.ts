import { member } from './member.ts';

/** A {@link member}, where it is a text. */
export function textMember(value: unknown, ...names: readonly string[]): string | undefined {
  const found = member(value, ...names);
  return typeof found === 'string' ? found : undefined;
}
