import type { PushContent } from './push-content.ts';

/** A call that rings in full screen: CallKit on an iPhone, a full-screen call on Android. */
export interface Ring {
  readonly callId: string;
  readonly callerName?: string;
  readonly sinceMs: number;
  /** From this moment on it must not ring any more, epoch milliseconds. */
  readonly untilMs: number;
}

/** A notification on the lock screen or in the shade. */
export interface Notice {
  /** What a later push replaces it by; the push's own id where it names none. */
  readonly collapseId: string;
  readonly pushId: string;
  readonly atMs: number;
  readonly title: string;
  readonly body: string;
  readonly kind?: string;
  readonly callId?: string;
  readonly threadId?: string;
  readonly messageId?: string;
  /** It stands in the place of an earlier one. */
  readonly replaced: boolean;
  /** A call that rings as a notification, until this moment, epoch milliseconds. */
  readonly ringsUntilMs?: number;
}

/** What one push did to the phone. */
export interface Effect {
  readonly kind: 'rings' | 'shown' | 'replaced' | 'removed' | 'stopped' | 'silent' | 'dropped';
  /** In words, for a person. */
  readonly text: string;
}

/** What a phone shows, and what it must remember to show the next push right. */
export interface PhoneScreen {
  readonly ring?: Ring;
  /** Newest first. */
  readonly notices: readonly Notice[];
  /** Calls that are over: a ring that comes after its end is not shown. */
  readonly endedCalls: readonly string[];
}

/** A push that reached a phone. */
export interface Arrival {
  readonly pushId: string;
  readonly atMs: number;
  readonly content: PushContent;
}
