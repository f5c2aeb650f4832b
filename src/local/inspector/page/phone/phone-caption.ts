import type { Derived } from '../derive.ts';
import type { PageState } from '../page-state.ts';
import { pushFate } from '../push-fate.ts';

/** One sentence about what the selected push did to the phone, or about the phone as it is. */
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
    ? `This request changed nothing here: ${pushFate(push).text}.`
    : 'This push is for another device.';
}
