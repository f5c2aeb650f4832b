import { maskHandle } from '../../devices/device.ts';
import type { PushOutcome } from '../../notification-hubs/push-outcome.ts';
import type { HubTarget, Platform } from '../../notifications/push.ts';
import { counted, printable } from '../terminal.ts';
import type { SentTest } from './test-notification.ts';

/** What is printed for one device, as text or JSON. Nothing in it allows a push to that device. */
interface SentView {
  readonly deviceId: string;
  readonly platform: Platform;
  readonly hub: HubTarget;
  /** Masked. */
  readonly handle: string;
  readonly tries: number;
  readonly outcome: PushOutcome;
  readonly meaning: string;
  readonly mend?: string;
  /** An earlier try got no response. */
  readonly mayHaveArrived?: true;
  /** The hub that responded last; absent when no request was sent. */
  readonly via?: NonNullable<SentTest['via']>;
  /** Earlier failures, such as `primary misconfigured`. */
  readonly failures?: readonly string[];
}

/** Makes a result printable: the handle masked, the outcome explained, and a fix where there is one. */
export function sentView({ device, target, handle, ...sent }: SentTest): SentView {
  const { deviceId, platform } = device;
  const { meaning, mend } = outcomeAdvice(sent.outcome);
  return {
    deviceId,
    platform,
    hub: target,
    handle: maskHandle(handle),
    ...sent,
    meaning,
    ...(mend === undefined ? {} : { mend }),
  };
}

/** Two to four lines, each with its newline. */
export function sentText(view: SentView): string {
  const { outcome, deviceId, platform, hub, handle, tries, meaning, mend, mayHaveArrived, failures } = view;
  const lines = [
    `${outcome.kind.padEnd(13)}  ${deviceId}  ${platform}, ${hub} hub, ${counted(tries, 'try', 'tries')}, handle ${handle}`,
    `  ${printable(meaning)}`,
  ];
  if (mayHaveArrived && outcome.kind !== 'accepted' && outcome.kind !== 'unknown') {
    lines.push('  An earlier try got no response, so the push may still arrive.');
  }
  if (outcome.kind === 'accepted' && failures !== undefined) {
    lines.push(`  Earlier failures: ${failures.join(', ')}. "acs-relay doctor" checks both hubs.`);
  }
  if (mend !== undefined) lines.push(`  Fix: ${mend}`);
  return lines.map((text) => `${text}\n`).join('');
}

interface OutcomeAdvice {
  readonly meaning: string;
  /** The fix; absent for success. */
  readonly mend?: string;
}

/** Repeats nothing of the hub's response but its detail, which is redacted. */
function outcomeAdvice(outcome: PushOutcome): OutcomeAdvice {
  switch (outcome.kind) {
    case 'accepted':
      return { meaning: 'The hub has queued the push. It has not been displayed yet.' };
    case 'rejected':
      return {
        meaning: `The hub rejected this push permanently: ${phrase(outcome.detail)}.`,
        mend: 'Check with --dry-run that the request is as expected and that the handle belongs to this platform. Then let the app register again.',
      };
    case 'throttled':
      return {
        meaning: `The hub throttles requests (${outcome.status})${pause(outcome.retryAfterMs)}.`,
        mend: 'Wait, then send again. If the problem persists, the tier of the namespace is too small, or another sender uses up its quota.',
      };
    case 'unavailable':
      return {
        meaning: `The hub was unreachable or failed; nothing was sent: ${phrase(outcome.detail)}.`,
        mend: 'Check Endpoint in the connection string, the DNS and firewall of this machine, and the status of Azure. A secondary hub would take over.',
      };
    case 'unknown':
      return {
        meaning: `The hub did not respond, so the push may or may not arrive: ${phrase(outcome.detail)}.`,
        mend: 'Check the phone before you send again, and the network between this machine and the hub, such as a proxy.',
      };
    case 'misconfigured':
      return {
        meaning: `The hub rejected the key, or the hub does not exist: ${phrase(outcome.detail)}.`,
        mend: fixSettings(outcome.status),
      };
    case 'expired':
      return {
        meaning: 'The notification expired before the hub accepted it.',
        mend: 'Send again. If the problem persists, the hub responds too slowly, or RING_SECONDS is too small.',
      };
    case 'dropped':
      return { meaning: `The notification became wrong before it could be sent: ${outcome.reason}.` };
  }
}

// The hub's own sentence continues ours.
function phrase(detail: string): string {
  return detail.replace(/\.+$/, '');
}

function pause(retryAfterMs: number | undefined): string {
  return retryAfterMs === undefined ? '' : ` and asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
}

function fixSettings(status: number): string {
  switch (status) {
    case 401:
      return 'Copy the connection string again from "Access Policies" of the hub: its key was regenerated or belongs to another hub. If it is current, correct the clock of this machine.';
    case 403:
      return 'Use a policy with the Send right. If it already has it, check whether the quota of the tier is used up.';
    case 404:
      return 'Check the hub name and Endpoint in the connection string: the namespace has no such hub.';
    default:
      return 'Check Endpoint in the connection string: it is not a notification hub, or a proxy answers for it.';
  }
}
