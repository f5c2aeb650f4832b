import type { HubCall } from '../hub-call.ts';
import { maskHandle } from '../hub-record.ts';
import type { Phone } from '../phones/phone.ts';
import type { Finding, Judge, RuleId, Severity } from './finding.ts';

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

/** A push as the rules of Notification Hubs, APNs and FCM see it. */
export interface JudgedPush {
  readonly format: 'apple' | 'fcmv1';
  /** True when the hub's APNs topic is the bundle id with `.voip`. */
  readonly voipHub: boolean;
  readonly deviceHandles: readonly string[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** The payload, parsed. */
  readonly payload: unknown;
  /** Length of the payload in UTF-8 bytes. */
  readonly bodyBytes: number;
  /** The phones it is for, as they are before it; one that was never pushed to is not among them. */
  readonly phones: readonly Phone[];
  readonly nowMs: number;
}

/** A rule of Notification Hubs whose breach it answers with an error of its own. */
export interface RequestRule extends Rule<HubCall> {
  readonly judge: 'notification-hubs';
  readonly severity: 'error';
  /** The status it answers. */
  readonly status: 400 | 401 | 404 | 413;
}

/** What the rules find in a subject, in the order of the rules. */
export function applyRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Finding[] {
  return rules.flatMap(({ id, severity, judge, document, check }) =>
    check(subject).map((message) => ({ rule: id, severity, judge, message, document })),
  );
}

/** Names device handles for a message: the first one masked, the others as a number. */
export function nameHandles(handles: readonly string[]): string {
  const [first = '', ...more] = handles;
  return more.length === 0 ? maskHandle(first) : `${maskHandle(first)} and ${more.length} more`;
}
