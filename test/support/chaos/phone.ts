import type { WirePush } from './read-request.ts';

/** Something that appeared on the screen and was not there before. */
export interface Appearance {
  readonly what: 'ring' | 'notice';
  /** Appearances with one key are one thing on the screen. */
  readonly key: string;
  readonly eventId: string;
  readonly atMs: number;
}

/** A ringing phone. Its ring times out at `expiresAtMs`. */
export interface Ringing {
  readonly callId: string;
  readonly fromMs: number;
  readonly expiresAtMs: number;
  readonly stoppedAtMs: number | undefined;
}

/** One phone with an app that does what the documentation of the relay's pushes asks for, and no more. */
export interface Phone {
  readonly deviceId: string;
  readonly receive: (push: WirePush, nowMs: number) => void;
  readonly appearances: readonly Appearance[];
  readonly rings: ReadonlyMap<string, Ringing>;
  /** `<event id> <kind>` and, for what concerns a call, `<call id> <kind>` of everything that came in time. */
  readonly got: ReadonlySet<string>;
}

/**
 * A phone that is always reachable. The system collapses notices by `apns-collapse-id` or tag, the app rings by call id.
 * It forgets nothing, but it does not foresee either: a stop that comes before its ring stops nothing.
 */
export function createPhone(deviceId: string): Phone {
  const appearances: Appearance[] = [];
  const rings = new Map<string, Ringing>();
  const notices = new Set<string>();
  const got = new Set<string>();
  return {
    deviceId,
    appearances,
    rings,
    got,
    receive(push, nowMs) {
      const { eventId, kind, callId, screenKey, expiresAtMs } = push;
      if (nowMs >= expiresAtMs) return;
      got.add(`${eventId} ${kind}`);
      if (callId !== undefined) got.add(`${callId} ${kind}`);
      if (kind === 'incoming-call' && callId !== undefined) {
        const key = screenKey ?? callId;
        if (rings.has(key)) return;
        rings.set(key, { callId, fromMs: nowMs, expiresAtMs, stoppedAtMs: undefined });
        appearances.push({ what: 'ring', key, eventId, atMs: nowMs });
        return;
      }
      if (kind === 'call-answered' || kind === 'call-ended') {
        for (const [key, ring] of rings) {
          if (ring.callId === callId && ring.stoppedAtMs === undefined) {
            rings.set(key, { ...ring, stoppedAtMs: nowMs });
          }
        }
      }
      if (screenKey === undefined || notices.has(screenKey)) return;
      notices.add(screenKey);
      appearances.push({ what: 'notice', key: screenKey, eventId, atMs: nowMs });
    },
  };
}
