import type { ArmFailure } from '../arm/ask-arm.ts';
import { counted, jsonText, printable } from '../terminal.ts';

/** What a check found. `fix` is the exact next step, usually a command, with one line per part. */
export type Finding =
  | (About & { readonly kind: 'ok' })
  | (About & { readonly kind: 'wrong'; readonly fix: string })
  | (About & { readonly kind: 'could-not-check'; readonly fix: string });

interface About {
  readonly check: CheckName;
  /** What was checked, where there can be several, such as the name of a hub. */
  readonly about?: string;
  /** What was found, in a sentence or two. Never a secret. */
  readonly why: string;
}

const words = { ok: 'ok', wrong: 'WRONG', 'could-not-check': 'could not check' } as const;
const width = 'could not check'.length;

/** The names of the checks. Public: scripts read them in `--json`. */
type CheckName =
  | 'settings'
  | 'tables'
  | 'blobs'
  | 'hub-key'
  | 'clock'
  | 'acs'
  | 'linked-hub'
  | 'hub'
  | 'push-credentials'
  | 'voip-bundle'
  | 'access-policy'
  | 'call-events'
  | 'chat-events';

/** The finding for a failed request to Azure Resource Manager. */
export function unanswered(check: CheckName, about: string, { why, fix }: ArmFailure): Finding {
  return { kind: 'could-not-check', check, about, why, fix };
}

/** The report for a terminal: one block per finding, and the counts. */
export function reportText(findings: readonly Finding[], askedAzure: boolean): string {
  const blocks = findings.map((finding) => {
    const { kind, check, about, why } = finding;
    const point = about === undefined ? check : `${check} (${printable(about)})`;
    const line = `${words[kind].padEnd(width)}  ${point}: ${printable(why)}\n`;
    return kind === 'ok' ? line : line + fixLines(finding.fix);
  });
  const count = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
  const total = `${counted(findings.length, 'check')}: ${count('ok')} ok, ${count('wrong')} wrong, ${count('could-not-check')} could not be checked.\n`;
  const more = askedAzure
    ? ''
    : 'Azure was not queried. To check the deployment, sign in with az login and pass --acs with the resource id of the ACS resource.\n';
  return `${blocks.join('')}\n${total}${more}`;
}

/** The report for scripts: one JSON object with the counts and every finding. */
export function reportJson(findings: readonly Finding[]): string {
  const count = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
  const counts = { ok: count('ok'), wrong: count('wrong'), couldNotCheck: count('could-not-check') };
  const published = findings.map((finding) => {
    if (finding.kind === 'ok') return finding;
    const { fix, ...rest } = finding;
    return { ...rest, mend: fix };
  });
  return `${jsonText({ ...counts, findings: published }, 2)}\n`;
}

function fixLines(fix: string): string {
  const indent = ' '.repeat(width);
  return fix
    .split('\n')
    .map((line, index) => `${indent}  ${index === 0 ? 'fix: ' : '     '}${printable(line)}\n`)
    .join('');
}
