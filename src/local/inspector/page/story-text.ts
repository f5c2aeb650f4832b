import { readPushContent } from '../shared/push-content.ts';
import type { Story } from '../shared/story.ts';
import { storyEnd } from '../shared/story-end.ts';
import type { ShownPhone } from './derive.ts';
import { deviceName } from './device-name.ts';

/** Everything of a story that the filter looks into, in lower case. */
export function storyText(story: Story, phones: readonly ShownPhone[]): string {
  const { word, reason = '' } = storyEnd(story);
  const pushes = story.pushes.map(({ push }) => {
    const { acs, style, platform } = readPushContent(push, push.atMs);
    return [acs?.kind, style, platform, push.status, push.hub, deviceName(push.handles, phones)].join(' ');
  });
  return [story.eventType, story.eventId, word, reason, ...pushes].join(' ').toLowerCase();
}
