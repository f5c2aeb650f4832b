import type { JudgedPush } from '../../src/local/hub-emulator/conformance/rule.ts';
import { applePush } from './judged-push.ts';

/** The headers of {@link applePush} with some changed and some left out. */
export function headers(
  change: Readonly<Record<string, string>>,
  ...without: readonly string[]
): Pick<JudgedPush, 'headers'> {
  const all = Object.entries({ ...applePush.headers, ...change });
  return { headers: Object.fromEntries(all.filter(([name]) => !without.includes(name))) };
}

/** A payload with this `aps`. */
export function aps(value: object): Pick<JudgedPush, 'payload'> {
  return { payload: { aps: value, acs: { v: 1 } } };
}

/** A VoIP push through a VoIP hub. */
export function ring(change: Readonly<Record<string, string>> = {}): Partial<JudgedPush> {
  return { ...headers({ 'apns-push-type': 'voip', ...change }), ...aps({}), voipHub: true };
}
