import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RelayError } from '../errors/errors.ts';
import { isRecord } from '../shared/json.ts';
import type { Clock } from '../shared/time.ts';
import { sampleUserId } from './sample-devices.ts';

/** A recording that the local run relays once. */
interface SampleEvent {
  /** File name in test/replay/recordings. Its events are delivered one by one, in order. */
  readonly file: string;
  /** Event Grid function that receives it. */
  readonly functionName: 'relayCalls' | 'relayChat';
  /** Age of the event at delivery, in milliseconds. */
  readonly ageMs: number;
}

/**
 * An answered call, a missed call, and a call that arrives after its ring time; a message with its edit and its deletion;
 * a chat that starts and ends. Both envelopes.
 */
export const sampleEvents: readonly SampleEvent[] = [
  { file: 'odd/call-answered-one-call.eventgrid.json', functionName: 'relayCalls', ageMs: 0 },
  { file: 'odd/call-missed-one-call.eventgrid.json', functionName: 'relayCalls', ageMs: 0 },
  { file: 'incoming-call.cloudevents.json', functionName: 'relayCalls', ageMs: 120_000 },
  { file: 'chat-thread-created-with-user.cloudevents.json', functionName: 'relayChat', ageMs: 0 },
  { file: 'chat-message-received.eventgrid.json', functionName: 'relayChat', ageMs: 0 },
  { file: 'chat-message-edited.eventgrid.json', functionName: 'relayChat', ageMs: 0 },
  { file: 'chat-message-deleted.cloudevents.json', functionName: 'relayChat', ageMs: 0 },
  {
    file: 'chat-participant-removed-from-thread-with-user.eventgrid.json',
    functionName: 'relayChat',
    ageMs: 0,
  },
];

/**
 * Returns a recorded payload (an event or an array, in either envelope) with the time `timeMs` and new ids, so that a ring
 * is still due and no event looks like a duplicate. All other fields, and values that are not objects, stay unchanged.
 */
export function refreshEvents(payload: unknown, timeMs: number, newId: () => string): unknown {
  if (Array.isArray(payload)) return payload.map((event) => refreshEvents(event, timeMs, newId));
  if (!isRecord(payload)) return payload;
  const time = new Date(timeMs).toISOString();
  return {
    ...payload,
    id: newId(),
    ...('eventTime' in payload ? { eventTime: time } : {}),
    ...('time' in payload ? { time } : {}),
  };
}

/**
 * Delivers the sample recordings, moved to the present, to the Event Grid webhook of a running host: one event per POST,
 * which is the default of Event Grid, one after the other.
 */
export async function relaySampleEvents(hostUrl: string, recordings: string, clock: Clock): Promise<void> {
  for (const sample of sampleEvents) {
    const payload: unknown = JSON.parse(await readFile(join(recordings, sample.file), 'utf8'));
    for (const event of Array.isArray(payload) ? payload : [payload]) {
      await deliver(hostUrl, sample, refreshEvents(event, clock() - sample.ageMs, randomUUID));
    }
  }
}

/** A shell line that sends a chat message, stamped with the current time, to the sample user. */
export function tryLine(hostUrl: string): string {
  const event = {
    id: 'ID',
    topic: 'local',
    subject: 'try',
    eventType: 'Microsoft.Communication.ChatMessageReceived',
    eventTime: 'TIME',
    dataVersion: '1.0',
    data: {
      recipientCommunicationIdentifier: { rawId: sampleUserId },
      senderDisplayName: 'You',
      threadId: '19:try@thread.v2',
      messageId: 'ID',
      messageBody: 'Hello from curl',
      type: 'Text',
    },
  };
  // The shell expands the time outside the single quotes, so each run sends a new message.
  const body = JSON.stringify(event)
    .replaceAll('"ID"', `"'$(date +%s)'"`)
    .replaceAll('"TIME"', `"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'"`);
  const url = `${hostUrl}/runtime/webhooks/EventGrid?functionName=relayChat`;
  return `curl -i '${url}' -H 'aeg-event-type: Notification' -H 'content-type: application/json' -d '${body}'`;
}

async function deliver(hostUrl: string, { file, functionName }: SampleEvent, event: unknown): Promise<void> {
  const response = await fetch(`${hostUrl}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body: JSON.stringify([event]),
  });
  const answer = await response.text();
  if (response.ok) return;
  throw new RelayError({
    code: 'INPUT_UNUSABLE',
    class: 'internal',
    message: `The Functions host returned ${response.status} for the sample ${file}: ${answer}`,
  });
}
