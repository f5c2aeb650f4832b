import { counted } from '../counted.ts';
import { printable } from '../printable.ts';
import type { SentView } from './sent-view.ts';

/** The lines that tell what came of one device. */
export function sentText(view: SentView): string {
  const { outcome, deviceId, platform, hub, handle, tries, meaning, mend, mayHaveArrived, failures } = view;
  const lines = [
    `${outcome.kind.padEnd(13)}  ${deviceId}  ${platform}, ${hub} hub, ${counted(tries, 'try', 'tries')}, handle ${handle}`,
    `  ${printable(meaning)}`,
  ];
  if (mayHaveArrived && outcome.kind !== 'accepted' && outcome.kind !== 'unknown') {
    lines.push('  An earlier try got no answer, so it may come all the same.');
  }
  if (outcome.kind === 'accepted' && failures !== undefined) {
    lines.push(`  Before that it failed: ${failures.join(', ')}. "acs-relay doctor" looks at both hubs.`);
  }
  if (mend !== undefined) lines.push(`  To mend: ${mend}`);
  return lines.map((text) => `${text}\n`).join('');
}
