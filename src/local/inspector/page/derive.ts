import { omitUndefined } from '../../../shared/json.ts';
import { foldStories } from '../shared/fold-stories.ts';
import type { ShownDevice } from '../shared/inspector-state.ts';
import type { JournalEntry } from '../shared/journal-record.ts';
import { type PhoneMoment, phoneHistory } from '../shared/phone-screen.ts';
import type { Story, StoryPush } from '../shared/story.ts';
import type { PageState } from './store.ts';

/** A registered device, or a device of which only the handle is known. */
export interface ShownPhone {
  readonly deviceId: string;
  readonly platform: 'apns' | 'fcmv1';
  readonly handles: readonly string[];
  readonly device?: ShownDevice;
}

/** Everything derived from the state of the page. */
export interface Derived {
  /** Oldest first. */
  readonly stories: readonly Story[];
  readonly story?: Story;
  readonly push?: StoryPush;
  readonly phones: readonly ShownPhone[];
  /** The shown phone. */
  readonly phone?: ShownPhone;
  readonly history: readonly PhoneMoment[];
}

export type DetailSubject = Derived & { readonly story: Story };

const storiesOf = rememberLast(foldStories);
const historyOf = rememberLast(phoneHistory);

/** Values that depend only on the journal are computed once per journal. */
export function derive(state: PageState): Derived {
  const stories = storiesOf(state.entries);
  const selected = state.follow
    ? stories.findLast(({ deliveries }) => deliveries.length > 0)
    : stories.find(({ key }) => key === state.selection?.storyKey);
  const push = selected?.pushes.find(({ push: { pushId } }) => pushId === state.selection?.pushId);
  const phones = phonesOf(state);
  const ofPush = push ?? selected?.pushes[0];
  const phone =
    phones.find(({ deviceId }) => deviceId === state.deviceId) ??
    phones.find(({ handles }) => ofPush?.push.handles.some((handle) => handles.includes(handle))) ??
    phones[0];
  return {
    stories,
    phones,
    history: phone === undefined ? [] : historyOf(state.entries, phone.handles),
    ...omitUndefined({ story: selected, push: state.follow ? undefined : push, phone }),
  };
}

/** Names the recipient of a push by its device id, or by its masked handle. */
export function deviceName(handles: readonly string[], phones: readonly ShownPhone[]): string {
  const [first = '', ...more] = handles;
  const known = phones.find((phone) => phone.handles.includes(first))?.deviceId ?? first;
  return more.length === 0 ? known : `${known} and ${more.length} more`;
}

interface PushFate {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly text: string;
}

/** What happened to a push after the hub, in a few words. */
export function pushFate({ push, arrivals, drops }: StoryPush): PushFate {
  const [drop] = drops;
  if (push.status >= 400) return { tone: 'bad', text: 'not accepted' };
  if (arrivals.length > 0 && push.status === 0) return { tone: 'warning', text: 'arrived, answer lost' };
  if (arrivals.length > 0) return { tone: 'good', text: 'arrived' };
  if (drop !== undefined) return { tone: 'warning', text: `dropped while offline: ${drop.why}` };
  if (push.status === 0) return { tone: 'bad', text: push.fault ?? 'no answer' };
  return { tone: 'warning', text: 'waiting for the phone' };
}

function phonesOf({ server, entries }: PageState): readonly ShownPhone[] {
  const phones: ShownPhone[] = (server?.devices ?? []).map((device) => ({
    deviceId: device.deviceId,
    platform: device.platform,
    handles: [device.handle, ...(device.voipHandle === undefined ? [] : [device.voipHandle])],
    device,
  }));
  for (const entry of entries) {
    if (entry.kind !== 'push') continue;
    for (const handle of entry.handles) {
      if (phones.some(({ handles }) => handles.includes(handle))) continue;
      const platform = entry.format === 'apple' ? 'apns' : 'fcmv1';
      phones.push({ deviceId: `unregistered ${handle}`, platform, handles: [handle] });
    }
  }
  return phones;
}

/** Caches the last result, for the same journal and the same other arguments. */
function rememberLast<Rest extends readonly unknown[], Result>(
  compute: (entries: readonly JournalEntry[], ...rest: Rest) => Result,
): (entries: readonly JournalEntry[], ...rest: Rest) => Result {
  let last: { readonly entries: unknown; readonly rest: string; readonly result: Result } | undefined;
  return (entries, ...rest) => {
    const key = JSON.stringify(rest);
    if (last === undefined || last.entries !== entries || last.rest !== key) {
      last = { entries, rest: key, result: compute(entries, ...rest) };
    }
    return last.result;
  };
}
