import type { ArmFailure } from '../arm/arm-answer.ts';
import type { CheckName, Finding } from './finding.ts';

/** The finding for a point that Azure Resource Manager said nothing about. */
export function unanswered(check: CheckName, about: string, { why, mend }: ArmFailure): Finding {
  return { kind: 'could-not-check', check, about, why, mend };
}
