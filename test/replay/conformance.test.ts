import { describe, expect, it } from 'vitest';
import { sampleDevices } from '../../src/cli/replay/devices.ts';
import { findRecordings } from '../../src/cli/replay/recording.ts';
import { replayRecording, replaySettings } from '../../src/cli/replay/replay-recording.ts';
import type { ReplayedPush } from '../../src/cli/replay/replayed.ts';
import type { Finding } from '../../src/local/hub-emulator/conformance/finding.ts';
import { judgePush } from '../../src/local/hub-emulator/conformance/push-rules.ts';

const recordings = await findRecordings(['recordings'], import.meta.dirname);
const deps = { config: replaySettings({}), devicesOf: sampleDevices, lateMs: 0 };

/** What Notification Hubs, APNs and FCM would object to, at the moment the recording is of. */
function findingsOf({ hub, request }: ReplayedPush): readonly Finding[] {
  if (request === undefined) return [];
  const { url, headers, body, bodyBytes } = request;
  const sentAt = /"sentAt\\?":\\?"([^"\\]+)/.exec(JSON.stringify(body))?.[1] ?? '';
  return judgePush({
    format: headers['servicebusnotification-format'] === 'apple' ? 'apple' : 'fcmv1',
    voipHub: hub === 'voip',
    deviceHandles: [headers['servicebusnotification-devicehandle'] ?? ''],
    headers,
    apiVersion: new URL(url).searchParams.get('api-version') ?? '',
    payload: body,
    bodyBytes,
    phones: [],
    nowMs: Date.parse(sentAt),
  });
}

describe('the pushes of every recording', () => {
  it('have no finding of Notification Hubs, APNs or FCM', async () => {
    const pushes: ReplayedPush[] = [];
    for (const recording of recordings) {
      const { events } = await replayRecording(recording, deps);
      pushes.push(...events.flatMap((event) => event.pushes));
    }
    expect(pushes.length).toBeGreaterThan(100);
    expect(pushes.flatMap(findingsOf)).toEqual([]);
  });
});
