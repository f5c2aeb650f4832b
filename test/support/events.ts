/** An ACS event in the Event Grid schema, with the given type and data. */
export function eventGridEvent<Data>(type: string, data: Data, over: Record<string, unknown> = {}) {
  return {
    id: '5d7c3a52-8b1e-4f7a-9a51-0c8f2a6d1e01',
    topic: '/subscriptions/S/resourceGroups/G/providers/Microsoft.Communication/communicationServices/Clinic',
    subject: 'anything',
    eventType: `Microsoft.Communication.${type}`,
    eventTime: '2026-11-22T09:00:00.1234567Z',
    dataVersion: '1.0',
    metadataVersion: '1',
    data,
    ...over,
  };
}

/** The same as a CloudEvent. */
export function cloudEvent<Data>(type: string, data: Data, over: Record<string, unknown> = {}) {
  return {
    id: '5d7c3a52-8b1e-4f7a-9a51-0c8f2a6d1e01',
    source:
      '/subscriptions/S/resourceGroups/G/providers/Microsoft.Communication/communicationServices/Clinic',
    specversion: '1.0',
    type: `Microsoft.Communication.${type}`,
    time: '2026-11-22T09:00:00.1234567Z',
    data,
    ...over,
  };
}

/** rawIds of the people in the tests. */
export const ada = '8:acs:clinic_ada';
export const ben = '8:acs:clinic_ben';
export const cleo = '8:acs:clinic_cleo';

/** A user as ACS writes one on the wire. */
export function user(rawId: string) {
  return { rawId, communicationUser: { id: rawId } };
}

/** Ben calls Ada. */
export const bensRing = eventGridEvent('IncomingCall', {
  to: user(ada),
  from: user(ben),
  callerDisplayName: 'Ben',
  correlationId: 'call-1',
});

/** A chat message to Ada. */
export const adasMessage = eventGridEvent('ChatMessageReceived', {
  messageId: '1',
  messageBody: 'Hello',
  threadId: 't',
  recipientCommunicationIdentifier: user(ada),
});
