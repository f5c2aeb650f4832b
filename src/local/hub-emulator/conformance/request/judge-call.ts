import type { Finding } from '../finding.ts';
import type { HubCall } from './hub-call.ts';
import type { RequestRule } from './request-rule.ts';
import { requestRules } from './request-rules.ts';

/** Why Notification Hubs, or the emulator, refuses a request. */
export interface Refusal {
  readonly status: number;
  readonly detail: string;
  /** The rule it breaks; none when the emulator itself is the reason. */
  readonly finding?: Finding;
}

/** The first reason to refuse a request; undefined for a push that Notification Hubs takes. Pure. */
export function judgeCall(call: HubCall): Refusal | undefined {
  return firstBreach(requestRules.any, call) ?? emulatorLimit(call) ?? firstBreach(requestRules.push, call);
}

function firstBreach(rules: readonly RequestRule[], call: HubCall): Refusal | undefined {
  for (const { id, severity, judge, document, status, check } of rules) {
    const [message] = check(call);
    if (message !== undefined) {
      return { status, detail: message, finding: { rule: id, severity, judge, message, document } };
    }
  }
  return undefined;
}

function emulatorLimit({ method, resource, deeper }: HubCall): Refusal | undefined {
  if (method !== 'GET') return undefined;
  if (resource === 'feedbackcontainer') {
    return { status: 501, detail: 'The emulator keeps no feedback of push services.' };
  }
  if (resource === 'messages' && !deeper) {
    return { status: 404, detail: 'The emulator keeps no telemetry of notifications.' };
  }
  return undefined;
}
