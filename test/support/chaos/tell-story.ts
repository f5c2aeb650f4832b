import type { Case } from './case.ts';

/** All that happened about one call or message, line by line, in milliseconds from its first event. */
export function tellStory(facts: Case, thing: string): string {
  const truths = facts.byThing.get(thing) ?? [];
  const zeroMs = Math.min(...truths.map(({ timeMs }) => timeMs));
  const at = (ms: number | undefined): string =>
    ms === undefined ? 'never' : String(Math.round(ms - zeroMs));
  const lines = truths.flatMap(({ id, timeMs, userId }) => [
    { ms: timeMs, text: `${id} happens${userId === undefined ? '' : ` to ${userId}`}` },
    ...(facts.handledOf.get(id) ?? []).map((one) => {
      const settled = one.report?.kind === 'pushed' ? ` settled ${one.report.settled}` : '';
      const reason = one.report !== undefined && 'reason' in one.report ? ` ${one.report.reason}` : '';
      const end = one.report?.kind ?? (one.untilMs === undefined ? 'dies' : 'throws');
      const odd = one.lines.filter((line) => line !== 'push' && line !== 'event').join(' ');
      return {
        ms: one.fromMs,
        text: `  ${one.owner} until ${at(one.untilMs)}: ${end}${settled}${reason} ${odd}`,
      };
    }),
    ...(facts.postsOf.get(id) ?? []).map((post) => ({
      ms: post.atMs,
      text: `    ${post.owner} ${post.hub} ${post.kind} to ${post.deviceId}: ${JSON.stringify(post.fault)}${post.arrived ? ' arrived' : ''}`,
    })),
  ]);
  return lines
    .sort((left, right) => left.ms - right.ms)
    .map(({ ms, text }) => `${at(ms)} ${text}`)
    .join('\n');
}
