import { describe, expect, it } from 'vitest';
import type { ReplayedPush } from '../../../../src/cli/replay/replayed.ts';
import { replaySummary } from '../../../../src/cli/replay/report.ts';

const push: ReplayedPush = {
  deviceId: 'd',
  kind: 'chat-added',
  hub: 'alert',
  outcome: 'accepted',
};

describe('replaySummary', () => {
  it('counts recordings, events, ends and pushes', () => {
    expect(
      replaySummary([
        { name: 'a', events: [{ end: 'pushed', pushes: [push, push] }] },
        {
          name: 'b',
          events: [
            { end: 'poison', pushes: [] },
            { end: 'ignored', pushes: [] },
            { end: 'poison', pushes: [] },
          ],
        },
      ]),
    ).toBe('2 recordings, 4 events: pushed 1 (2 pushes), ignored 1, poison 2.\n');
  });

  it('says one of one thing', () => {
    expect(replaySummary([{ name: 'a', events: [{ end: 'pushed', pushes: [push] }] }])).toBe(
      '1 recording, 1 event: pushed 1 (1 push).\n',
    );
  });

  it('counts a delivery without events', () => {
    expect(replaySummary([{ name: 'a', events: [] }])).toBe('1 recording, 0 events.\n');
  });
});
