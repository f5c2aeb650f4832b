import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleDevices } from '../../src/cli/replay/devices.ts';
import { compareWithGoldens, goldenName } from '../../src/cli/replay/goldens.ts';
import { findRecordings } from '../../src/cli/replay/recording.ts';
import { replayRecording, replaySettings } from '../../src/cli/replay/replay-recording.ts';

const folder = import.meta.dirname;
const recordings = await findRecordings(['recordings'], folder);
const deps = { config: replaySettings({}), devicesOf: sampleDevices, lateMs: 0 };

describe('every recording becomes what its golden file says', () => {
  it.each(recordings.map((recording) => [recording.name, recording] as const))(
    '%s',
    async (name, recording) => {
      const replayed = await replayRecording(recording, deps);
      expect(await compareWithGoldens([replayed], 'goldens', folder)).toEqual([{ kind: 'same', name }]);
    },
  );

  it('and there is no golden file without a recording', async () => {
    const entries = await readdir(join(folder, 'goldens'), { withFileTypes: true, recursive: true });
    const goldens = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, 'goldens/').length));
    expect(goldens.map((name) => name.replaceAll('\\', '/')).sort()).toEqual(
      recordings.map((recording) => goldenName(recording.name)).sort(),
    );
  });
});

describe('the recordings', () => {
  it('hold both envelopes of every kind of event', () => {
    const kinds = recordings
      .filter(({ name }) => !name.startsWith('odd/'))
      .map(({ name }) => name.split('.'))
      .map(([kind, envelope, ...rest]) => `${kind} ${envelope} ${rest.join('.')}`);
    const expected = [
      'advanced-message-received',
      'blob-created',
      'call-ended',
      'call-participant-added',
      'call-participant-removed',
      'call-started',
      'chat-azure-bot-command-received-in-thread',
      'chat-member-added-to-thread-with-user',
      'chat-member-removed-from-thread-with-user',
      'chat-message-deleted',
      'chat-message-deleted-in-thread',
      'chat-message-edited',
      'chat-message-edited-in-thread',
      'chat-message-received',
      'chat-message-received-in-thread',
      'chat-participant-added-to-thread-with-user',
      'chat-participant-removed-from-thread-with-user',
      'chat-thread-created',
      'chat-thread-created-with-user',
      'chat-thread-deleted',
      'chat-thread-participant-added',
      'chat-thread-participant-removed',
      'chat-thread-properties-updated',
      'chat-thread-properties-updated-per-user',
      'chat-thread-with-user-deleted',
      'chat-typing-indicator-received-in-thread',
      'email-delivery-report-received',
      'incoming-call',
      'recording-file-status-updated',
      'router-job-queued',
      'sms-delivery-report-received',
      'sms-received',
      'subscription-validation',
      'user-disconnected',
    ].flatMap((kind) => [`${kind} cloudevents json`, `${kind} eventgrid json`]);
    expect(kinds.sort()).toEqual(expected.sort());
  });

  it('never let the secret of a call context, or a whole context, out', async () => {
    const all = await Promise.all(recordings.map((recording) => replayRecording(recording, deps)));
    const text = JSON.stringify(all);
    const planted = recordings.filter((recording) => recording.text.includes('incomingCallContext'));
    expect(planted.length).toBeGreaterThan(30);
    for (const secret of [
      'invented-secret-that-must-never-leave-the-relay',
      'shrToken',
      'eyJhbGciOiJub25lIi',
    ]) {
      expect(text.includes(secret), secret).toBe(false);
    }
  });

  it('never make a push above 4,096 bytes', async () => {
    const all = await Promise.all(recordings.map((recording) => replayRecording(recording, deps)));
    const sizes = all
      .flatMap((replayed) => replayed.events)
      .flatMap((event) => event.pushes)
      .map((push) => push.request?.bodyBytes ?? 0);
    expect(sizes.length).toBeGreaterThan(200);
    expect(Math.max(...sizes)).toBe(4096);
    expect(Math.min(...sizes)).toBeGreaterThan(100);
  });
});
