import type { ArmFailure } from '../arm/ask-arm.ts';
import { counted, jsonText, printable } from '../terminal.ts';

/** What a check found. `mend` is the exact next step, most often a command; one line for each part of it. */
export type Finding =
  | (About & { readonly kind: 'ok' })
  | (About & { readonly kind: 'wrong'; readonly mend: string })
  | (About & { readonly kind: 'could-not-check'; readonly mend: string });

interface About {
  readonly check: CheckName;
  /** What was looked at, where there can be several, such as the name of a hub. */
  readonly about?: string;
  /** What was found, in a sentence or two. Never a secret. */
  readonly why: string;
}

const words = { ok: 'ok', wrong: 'WRONG', 'could-not-check': 'could not check' } as const;
const width = 'could not check'.length;

/** Every point that `acs-relay doctor` looks at. Public: scripts read them in `--json`. */
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

/** The finding for a point that Azure Resource Manager said nothing about. */
export function unanswered(check: CheckName, about: string, { why, mend }: ArmFailure): Finding {
  return { kind: 'could-not-check', check, about, why, mend };
}

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

/** The report for scripts: one JSON object with every finding and their counts. */
export function reportJson(findings: readonly Finding[]): string {
  const count = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
  const counts = { ok: count('ok'), wrong: count('wrong'), couldNotCheck: count('could-not-check') };
  return `${jsonText({ ...counts, findings }, 2)}\n`;
}

function mendLines(mend: string): string {
  const indent = ' '.repeat(width);
  return mend
    .split('\n')
    .map((line, index) => `${indent}  ${index === 0 ? 'mend: ' : '      '}${printable(line)}\n`)
    .join('');
}
