import type { Notice, Ring } from '../../shared/phone-screen.ts';
import { type Derived, pushFate } from '../derive.ts';
import type { PageState } from '../store.ts';

export interface ShownScreen {
  /** The full-screen call. */
  readonly ring?: Ring & { readonly isOver: boolean };
  readonly notices: readonly (Notice & { readonly isRinging: boolean })[];
}

/**
 * The screen of the shown phone: right after the selected push, if it reached this phone, or now. A ring that is over is
 * shown only in the former, marked as over.
 */
export function screenToShow(
  { history, push }: Derived,
  moment: PageState['moment'],
  nowMs: number,
): ShownScreen {
  const then = history.find(({ pushId }) => pushId === push?.push.pushId);
  const isThen = moment === 'then' && then !== undefined;
  const screen = (isThen ? then : history.at(-1))?.screen;
  if (screen === undefined) return { notices: [] };
  const { ring } = screen;
  const isOver = ring !== undefined && nowMs >= ring.untilMs;
  return {
    ...(ring === undefined || (isOver && !isThen) ? {} : { ring: { ...ring, isOver } }),
    notices: screen.notices.map((notice) => ({
      ...notice,
      isRinging: notice.ringsUntilMs !== undefined && nowMs < notice.ringsUntilMs,
    })),
  };
}

/** One sentence about the effect of the selected push on the phone, or about the current phone. */
export function phoneCaption({ push, phone, history }: Derived, moment: PageState['moment']): string {
  const offline = phone?.device?.online === false ? ' The phone is offline.' : '';
  if (push === undefined || moment === 'now') {
    const last = history.at(-1);
    return `${last === undefined ? 'Nothing has arrived yet.' : `Last push: ${last.effect.text}`}${offline}`;
  }
  const own = history.find(({ pushId }) => pushId === push.push.pushId);
  if (own !== undefined) return own.effect.text;
  const isForIt = push.push.handles.some((handle) => phone?.handles.includes(handle));
  return isForIt
    ? `This request did not change this phone: ${pushFate(push).text}.`
    : 'This push is for another device.';
}
