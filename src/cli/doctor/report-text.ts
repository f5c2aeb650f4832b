import { counted } from '../counted.ts';
import { printable } from '../printable.ts';
import type { Finding } from './finding.ts';

const words = { ok: 'ok', wrong: 'WRONG', 'could-not-check': 'could not check' } as const;
const width = 'could not check'.length;

/** The report for a terminal: one block for each finding, and a last line that counts them. */
export function reportText(findings: readonly Finding[], askedAzure: boolean): string {
  const blocks = findings.map((finding) => {
    const { kind, check, about, why } = finding;
    const point = about === undefined ? check : `${check} (${printable(about)})`;
    const line = `${words[kind].padEnd(width)}  ${point}: ${printable(why)}\n`;
    return kind === 'ok' ? line : line + mendLines(finding.mend);
  });
  const count = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
  const total = `${counted(findings.length, 'check')}: ${count('ok')} ok, ${count('wrong')} wrong, ${count('could-not-check')} could not be checked.\n`;
  const more = askedAzure
    ? ''
    : 'Azure was not asked. To check what is deployed, sign in with az login and give --acs with the resource id of the ACS resource.\n';
  return `${blocks.join('')}\n${total}${more}`;
}

function mendLines(mend: string): string {
  const indent = ' '.repeat(width);
  return mend
    .split('\n')
    .map((line, index) => `${indent}  ${index === 0 ? 'mend: ' : '      '}${printable(line)}\n`)
    .join('');
}
