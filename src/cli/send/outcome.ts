import { maskHandle } from '../../devices/device.ts';
import type { PushOutcome } from '../../notification-hubs/push-outcome.ts';
import type { HubTarget, Platform } from '../../notifications/push.ts';
import type { HubRole } from '../../relay/send-push.ts';
import { counted, printable } from '../terminal.ts';
import type { SentTest } from './test-notification.ts';

/** What came of one device, ready to be printed: nobody can push with it. */
interface SentView {
  readonly deviceId: string;
  readonly platform: Platform;
  /** Which of the two hubs. */
  readonly hub: HubTarget;
  /** Masked. */
  readonly handle: string;
  readonly tries: number;
  readonly outcome: PushOutcome;
  readonly meaning: string;
  readonly mend?: string;
  /** An earlier try got no answer. */
  readonly mayHaveArrived?: true;
  /** The hub that answered last; absent when none was asked. */
  readonly via?: HubRole;
  /** What failed on the way, such as `primary misconfigured`. */
  readonly failures?: readonly string[];
}

/** What may be shown of a push and its outcome. */
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

/** What an outcome means, and what to do about it. */
interface OutcomeAdvice {
  /** What happened, in plain words. */
  readonly meaning: string;
  /** The step that mends it; absent where nothing is wrong. */
  readonly mend?: string;
}

/** Puts an outcome into plain words. It repeats nothing of the hub's answer but what the outcome holds, redacted. */
function outcomeAdvice(outcome: PushOutcome): OutcomeAdvice {
  switch (outcome.kind) {
    case 'accepted':
      return { meaning: 'The hub has queued it. It is not shown yet.' };
    case 'rejected':
      return {
        meaning: `The hub refused this push for good: ${phrase(outcome.detail)}.`,
        mend: 'See with --dry-run whether the request is what you expect, and whether the handle is one of this platform. Let the app register again.',
      };
    case 'throttled':
      return {
        meaning: `The hub takes no more for now (${outcome.status})${pause(outcome.retryAfterMs)}.`,
        mend: 'Wait, and send again. If it stays so, the tier of the namespace is too small, or something sends too much.',
      };
    case 'unavailable':
      return {
        meaning: `The hub could not be reached, or failed; nothing was sent: ${phrase(outcome.detail)}.`,
        mend: 'Check Endpoint in the connection string, DNS and firewall of this machine, and the state of Azure. A secondary hub would have stood in.',
      };
    case 'unknown':
      return {
        meaning: `The hub did not answer, so the push may come or not: ${phrase(outcome.detail)}.`,
        mend: 'Look at the phone before you send again. Check what stands between this machine and the hub, such as a proxy.',
      };
    case 'misconfigured':
      return {
        meaning: `The hub does not let this key in, or does not exist: ${phrase(outcome.detail)}.`,
        mend: mendSettings(outcome.status),
      };
    case 'expired':
      return {
        meaning: 'Its time was over before the hub took it.',
        mend: 'Send again. If it stays so, the hub answers too slowly, or RING_SECONDS is too small.',
      };
  }
}

// The hub's own sentence, within one of ours.
function phrase(detail: string): string {
  return detail.replace(/\.+$/, '');
}

function pause(retryAfterMs: number | undefined): string {
  return retryAfterMs === undefined ? '' : `, and asks for ${Math.ceil(retryAfterMs / 1000)} s of pause`;
}

function mendSettings(status: number): string {
  switch (status) {
    case 401:
      return 'Copy the connection string again from "Access Policies" of the hub: its key was changed, or is another hub\'s. If it is the right one, set the clock of this machine.';
    case 403:
      return 'Use a policy with the Send right. If it has it, look whether the quota of the tier is used up.';
    case 404:
      return 'Check the name of the hub and Endpoint in the connection string: there is no such hub in that namespace.';
    default:
      return 'Check Endpoint in the connection string: what answers there is no hub, or a proxy stands before it.';
  }
}
