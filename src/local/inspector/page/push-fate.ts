import type { StoryPush } from '../shared/story.ts';

/** What became of a push after the hub, in a few words. */
export interface PushFate {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly text: string;
}

/** Tells the {@link PushFate} of a request. */
export function pushFate({ push, arrivals, drops }: StoryPush): PushFate {
  const [drop] = drops;
  if (push.status >= 400) return { tone: 'bad', text: 'not taken' };
  if (arrivals.length > 0 && push.status === 0) return { tone: 'warning', text: 'arrived, answer lost' };
  if (arrivals.length > 0) return { tone: 'good', text: 'arrived' };
  if (drop !== undefined) return { tone: 'warning', text: `dropped while offline: ${drop.why}` };
  if (push.status === 0) return { tone: 'bad', text: push.fault ?? 'no answer' };
  return { tone: 'warning', text: 'waits for the phone' };
}
