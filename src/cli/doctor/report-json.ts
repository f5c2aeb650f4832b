import { jsonText } from '../json-text.ts';
import type { Finding } from './finding.ts';

/** The report for scripts: one JSON object with every finding and their counts. */
export function reportJson(findings: readonly Finding[]): string {
  const count = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
  const counts = { ok: count('ok'), wrong: count('wrong'), couldNotCheck: count('could-not-check') };
  return `${jsonText({ ...counts, findings }, 2)}\n`;
}
