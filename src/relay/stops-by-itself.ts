import type { NotificationKind } from '../notifications/notification.ts';

/**
 * True for what is not worth keeping once its time ran out: a ring that came too late is told as a missed call instead,
 * and a phone that is not told to stop stops by itself.
 */
export function stopsByItself(kind: NotificationKind): boolean {
  return kind === 'incoming-call' || kind === 'call-answered' || kind === 'call-ended';
}
