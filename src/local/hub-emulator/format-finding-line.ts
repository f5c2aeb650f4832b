import type { Finding } from './conformance/finding.ts';

/** One line about a finding for a person, to stand below the line of its push. */
export function formatFindingLine({ rule, severity, message, document }: Finding): string {
  return `              ${severity.padEnd(7)}  ${rule}  ${message} See "${document}".`;
}
