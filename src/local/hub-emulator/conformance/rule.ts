import type { HubCall } from '../hub-call.ts';
import { maskHandle } from '../hub-record.ts';
import type { Phone } from '../phones/phone.ts';
import type { Finding, Judge, RuleId, Severity } from './finding.ts';

export interface Rule<Subject> {
  readonly id: RuleId;
  readonly judge: Judge;
  readonly severity: Severity;
  /** Title of the public document that states it, or else of the closest one. */
  readonly document: string;
  /** What it demands, exactly as in `docs/hub-emulator.md`. */
  readonly demand: string;
  /** One sentence per breach. Pure: time is part of the subject. */
  readonly check: (subject: Subject) => readonly string[];
}

/** A push as the rules of Notification Hubs, APNs and FCM see it. */
export interface JudgedPush {
  readonly format: 'apple' | 'fcmv1';
  /** The APNs topic of the hub is the bundle id with `.voip`. */
  readonly voipHub: boolean;
  readonly deviceHandles: readonly string[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** The payload, parsed. */
  readonly payload: unknown;
  /** Length of the payload in UTF-8 bytes. */
  readonly bodyBytes: number;
  /** Its phones before the push; phones without an earlier push are absent. */
  readonly phones: readonly Phone[];
  readonly nowMs: number;
}

/** A rule that Notification Hubs enforces with an error answer. */
export interface RequestRule extends Rule<HubCall> {
  readonly judge: 'notification-hubs';
  readonly severity: 'error';
  readonly status: 400 | 401 | 404 | 413;
}

/** The findings in a subject, in the order of the rules. */
export function applyRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Finding[] {
  return rules.flatMap(({ id, severity, judge, document, check }) =>
    check(subject).map((message) => ({ rule: id, severity, judge, message, document })),
  );
}

/** Names device handles for a message: the first one masked, the rest counted. */
export function nameHandles(handles: readonly string[]): string {
  const [first = '', ...more] = handles;
  return more.length === 0 ? maskHandle(first) : `${maskHandle(first)} and ${more.length} more`;
}
