import { sampleUserId } from './sample-devices.ts';

/** A shell line that sends one chat message of this very moment to the sample user. */
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
  // Outside the single quotes the shell fills in the time, so that each run is a new, fresh message.
  const body = JSON.stringify(event)
    .replaceAll('"ID"', `"'$(date +%s)'"`)
    .replaceAll('"TIME"', `"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'"`);
  const url = `${hostUrl}/runtime/webhooks/EventGrid?functionName=relayChat`;
  return `curl -i '${url}' -H 'aeg-event-type: Notification' -H 'content-type: application/json' -d '${body}'`;
}
