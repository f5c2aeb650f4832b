import type { RuleId } from '../../src/local/hub-emulator/conformance/finding.ts';
import type { JudgedPush } from '../../src/local/hub-emulator/conformance/rule.ts';

/** What must and what must not be a breach of one rule. */
export interface PushRuleCase {
  readonly rule: RuleId;
  readonly severity: 'error' | 'warning';
  readonly base: JudgedPush;
  /** Changes of the base that the rule accepts, with a name. */
  readonly good: Readonly<Record<string, Partial<JudgedPush>>>;
  /** Changes that break it, with a name, and every message it says. */
  readonly bad: Readonly<Record<string, readonly [change: Partial<JudgedPush>, ...messages: string[]]>>;
}
