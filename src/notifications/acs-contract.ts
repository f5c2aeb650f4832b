import * as z from 'zod';

const time = z.iso.datetime({ precision: 3 });
const id = z.string().min(1).max(1024);
const name = z.string().min(1);

const common = {
  v: z
    .literal(1)
    .describe('Version of this object. It changes only when a field changes its meaning or goes.'),
  id: id.describe('Id of the ACS event.'),
  recipientId: id.describe('rawId of the user who is told.'),
  sentAt: time.describe('When the event happened.'),
  expiresAt: time.describe('From this moment on, do nothing with it: a ring is over.'),
};

const call = z.strictObject({
  ...common,
  kind: z.enum(['incoming-call', 'missed-call', 'call-answered', 'call-ended']),
  callId: id.describe('The call id (correlationId of the event).'),
  serverCallId: id.optional(),
  callerId: id.optional().describe('rawId of the caller.'),
  callerName: name.optional(),
});

const chat = z.strictObject({
  ...common,
  kind: z.enum([
    'chat-message',
    'chat-message-edited',
    'chat-message-deleted',
    'chat-added',
    'chat-removed',
    'chat-updated',
  ]),
  threadId: id,
  messageId: id.optional().describe('With the message kinds.'),
  senderId: id.optional().describe('rawId of who wrote, added, removed or changed.'),
  senderName: name.optional(),
});

/**
 * The `acs` object of every push, identical on both platforms: next to `aps` for APNs, as JSON text in `data.acs` for FCM.
 * Its JSON Schema is `docs/push-payload.v1.schema.json`.
 */
export const pushContract = z.discriminatedUnion('kind', [call, chat]);
