import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';

/** What the rules find in a subject, in the order of the rules. */
export function applyRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Finding[] {
  return rules.flatMap(({ id, severity, judge, document, check }) =>
    check(subject).map((message) => ({ rule: id, severity, judge, message, document })),
  );
}
