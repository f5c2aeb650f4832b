/** A recording that the local run relays once. */
export interface SampleEvent {
  /** File name in test/replay/recordings. Its events are delivered one by one, in order. */
  readonly file: string;
  /** Event Grid function that gets it. */
  readonly functionName: 'relayCalls' | 'relayChat';
  /** How long ago it shall have happened, in milliseconds. */
  readonly ageMs: number;
}

/**
 * A call that is answered, one that is not, one that comes after its ring time; a message with its edit and its
 * deletion; a chat that begins and ends. Both envelopes.
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
