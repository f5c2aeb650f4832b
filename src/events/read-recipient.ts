import { RelayError } from '../errors/errors.ts';
import type { Envelope } from './envelope.ts';

/**
 * The recipient of a user-level chat event: the typed identifier, or else the bare id of the 2020 shapes.
 *
 * @throws RelayError `EVENT_DATA_INVALID` when the event names nobody, since a guess could reach the wrong person.
 */
export function readRecipient(
  data: {
    readonly recipientCommunicationIdentifier?: string | undefined;
    readonly recipientId?: string | undefined;
  },
  envelope: Envelope,
): string {
  const recipientId = data.recipientCommunicationIdentifier ?? data.recipientId;
  if (recipientId !== undefined) return recipientId;
  const problem = 'recipientCommunicationIdentifier: is missing or no communication identifier';
  throw new RelayError({
    code: 'EVENT_DATA_INVALID',
    class: 'user',
    message: `The data of ${envelope.identity.type} cannot be used: ${problem}. Compare it with the Event Grid schema reference for Azure Communication Services.`,
    problems: [problem],
  });
}
