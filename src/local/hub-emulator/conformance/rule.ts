import type { Judge, Severity } from './finding.ts';
import type { RuleId } from './rule-id.ts';

/** One rule of a service. */
export interface Rule<Subject> {
  readonly id: RuleId;
  readonly judge: Judge;
  readonly severity: Severity;
  /** Title of the public document that states it; where none does, of the nearest one. */
  readonly document: string;
  /** What it demands, in the words of `docs/hub-emulator.md`. */
  readonly demand: string;
  /** One sentence for each breach; none for a good subject. Pure: time is part of the subject. */
  readonly check: (subject: Subject) => readonly string[];
}
