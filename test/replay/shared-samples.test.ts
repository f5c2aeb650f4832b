import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleDevices } from '../../src/cli/replay/devices.ts';
import type { Recording } from '../../src/cli/replay/recording.ts';
import { findRecordings } from '../../src/cli/replay/recording.ts';
import { replayRecording, replaySettings } from '../../src/cli/replay/replay-recording.ts';

// Published samples of Azure's events. They are not part of the repository; where they stand beside it, they are replayed.
const folder = join(import.meta.dirname, '../../../shared/payloads');

/** What each sample must become: end, then notification kind or reason. */
const expected: Readonly<Record<string, string>> = {
  'BlobCreated.eventgrid.docs.json': 'ignored foreign',
  // Nobody was rung for these calls.
  'CallEnded.cloudevents.spec.json': 'skipped nobody-rung',
  'CallEnded.eventgrid.docs-2022.json': 'skipped nobody-rung',
  'CallParticipantAdded.cloudevents.spec.json': 'skipped nobody-rung',
  'CallParticipantAdded.eventgrid.docs-2022.json': 'skipped nobody-rung',
  'CallParticipantRemoved.eventgrid.docs-2022.json': 'ignored call-progress',
  'CallStarted.eventgrid.docs-2022.json': 'ignored call-progress',
  'ChatAzureBotCommandReceivedInThread.cloudevents.spec.json': 'ignored thread-level',
  'ChatMessageDeleted.cloudevents.spec.json': 'pushed chat-message-deleted',
  'ChatMessageDeleted.eventgrid.docs.json': 'pushed chat-message-deleted',
  'ChatMessageDeletedInThread.cloudevents.spec.json': 'ignored thread-level',
  'ChatMessageDeletedInThread.eventgrid.docs.json': 'ignored thread-level',
  'ChatMessageEdited.cloudevents.spec.json': 'pushed chat-message-edited',
  'ChatMessageEdited.eventgrid.docs.json': 'pushed chat-message-edited',
  'ChatMessageEditedInThread.cloudevents.spec.json': 'ignored thread-level',
  'ChatMessageEditedInThread.eventgrid.docs.json': 'ignored thread-level',
  'ChatMessageReceived.cloudevents.spec.json': 'pushed chat-message',
  'ChatMessageReceived.eventgrid.docs.json': 'pushed chat-message',
  'ChatMessageReceivedInThread.cloudevents.spec.json': 'ignored thread-level',
  'ChatMessageReceivedInThread.eventgrid.docs.json': 'ignored thread-level',
  'ChatParticipantAddedToThreadWithUser.cloudevents.spec.json': 'pushed chat-added',
  'ChatParticipantAddedToThreadWithUser.eventgrid.docs.json': 'pushed chat-added',
  'ChatParticipantRemovedFromThreadWithUser.cloudevents.spec.json': 'pushed chat-removed',
  'ChatParticipantRemovedFromThreadWithUser.eventgrid.docs.json': 'pushed chat-removed',
  'ChatThreadCreated.cloudevents.spec.json': 'ignored thread-level',
  'ChatThreadCreated.eventgrid.docs.json': 'ignored thread-level',
  'ChatThreadCreatedWithUser.cloudevents.spec.json': 'pushed chat-added',
  'ChatThreadCreatedWithUser.eventgrid.docs.json': 'pushed chat-added',
  'ChatThreadDeleted.cloudevents.spec.json': 'ignored thread-level',
  'ChatThreadDeleted.eventgrid.docs.json': 'ignored thread-level',
  'ChatThreadParticipantAdded.cloudevents.spec.json': 'ignored thread-level',
  'ChatThreadParticipantAdded.eventgrid.docs.json': 'ignored thread-level',
  'ChatThreadParticipantRemoved.cloudevents.spec.json': 'ignored thread-level',
  'ChatThreadParticipantRemoved.eventgrid.docs.json': 'ignored thread-level',
  'ChatThreadPropertiesUpdated.cloudevents.spec.json': 'ignored thread-level',
  'ChatThreadPropertiesUpdated.eventgrid.docs.json': 'ignored thread-level',
  'ChatThreadPropertiesUpdatedPerUser.cloudevents.spec.json': 'pushed chat-updated',
  'ChatThreadPropertiesUpdatedPerUser.eventgrid.docs.json': 'pushed chat-updated',
  'ChatThreadWithUserDeleted.cloudevents.spec.json': 'pushed chat-removed',
  'ChatThreadWithUserDeleted.eventgrid.docs.json': 'pushed chat-removed',
  'ChatTypingIndicatorReceivedInThread.cloudevents.spec.json': 'ignored thread-level',
  'DeadLetter.cloudevents.docs.invalid-json.txt': 'poison EVENT_NOT_JSON',
  // A dead-lettered blob event, in Event Grid's own envelope.
  'DeadLetter.eventgrid.docs.json': 'ignored foreign',
  'EntraDeliveryToken.claims.real-2023.json': 'poison EVENT_NOT_AN_EVENT',
  // Its ids are the placeholder "{recipient-id}", which is an id like any other to the relay.
  'IncomingCall.cloudevents.spec.json': 'pushed incoming-call',
  'IncomingCall.data-only.docs-teamsphone.json': 'poison EVENT_NOT_AN_EVENT',
  'IncomingCall.eventgrid.docs-2022.json': 'pushed incoming-call',
  'RecordingFileStatusUpdated.cloudevents.spec.json': 'ignored other-acs',
  'RecordingFileStatusUpdated.eventgrid.docs-2022.json': 'ignored other-acs',
  'SubscriptionValidation.eventgrid.docs-nourl.json': 'ignored handshake',
  'SubscriptionValidation.eventgrid.docs.json': 'ignored handshake',
  'UserDisconnected.cloudevents.spec.json': 'ignored other-acs',
  '_identifier.microsoftTeamsUser-gcch.docs.json': 'poison EVENT_NOT_AN_EVENT',
  '_identifier.microsoftTeamsUser-public.docs.json': 'poison EVENT_NOT_AN_EVENT',
  '_identifier.phoneNumber.docs.json': 'poison EVENT_NOT_AN_EVENT',
  '_identifier.teamsUser-jsSdkShape.docs.json': 'poison EVENT_NOT_AN_EVENT',
};

const deps = { config: replaySettings({}), devicesOf: sampleDevices, lateMs: 0 };

async function endsOf(recording: Recording): Promise<readonly string[]> {
  const { events } = await replayRecording(recording, deps);
  return events.map(({ end, reason, pushes }) => `${end} ${reason ?? pushes[0]?.kind}`);
}

describe('recordings of our own', () => {
  it('end as the published samples of the same kind and envelope do', async () => {
    const own = new Map(
      (await findRecordings(['recordings'], import.meta.dirname)).map((each) => [each.name, each]),
    );
    let compared = 0;
    for (const [sample, end] of Object.entries(expected)) {
      const [type = '', envelope] = sample.split('.');
      const kind = type.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase();
      const recording = own.get(`${kind}.${envelope}.json`);
      if (recording === undefined) continue;
      expect(await endsOf(recording), sample).toEqual([end]);
      compared += 1;
    }
    // All but fragments, claims and dead letters.
    expect(compared).toBe(48);
  });
});

if (existsSync(folder)) {
  const files = (await readdir(folder)).filter((name) => /\.(?:json|txt)$/.test(name));
  const samples = await findRecordings(files, folder);

  describe('the published samples of Azure', () => {
    it.each(samples.map((sample) => [sample.name, sample] as const))('%s', async (name, sample) => {
      expect(await endsOf(sample)).toEqual([expected[name]]);
    });

    it('are all there', () => {
      expect(samples.map((sample) => sample.name).sort()).toEqual(Object.keys(expected).sort());
    });
  });
}
