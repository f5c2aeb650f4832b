import {
  type CommunicationIdentifier,
  createIdentifierFromRawId,
  getIdentifierRawId,
} from '@azure/communication-common';
import * as z from 'zod/mini';
import { dataObject } from '../shared/schema.ts';

const visible = /^[^\p{Cc}\p{Cs}]*$/u;
const visibleAscii = /^[\x20-\x7e]*$/;
const maxLength = 256;

/**
 * An id that the relay copies into payloads, keys and headers: 1 to 256 characters, no control characters and no half
 * surrogate pairs. ACS's own ids have at most about 120.
 */
export const idField = z.string().check(({ value, issues }) => {
  const message = idProblem(value);
  if (message !== undefined) issues.push({ code: 'custom', message, input: value });
});

const cloud = optionalField(z.enum(['public', 'dod', 'gcch']));
const withRawId = dataObject({ rawId: idField });

const withoutRawId = dataObject({
  communicationUser: optionalField(dataObject({ id: idField })),
  phoneNumber: optionalField(dataObject({ value: idField })),
  microsoftTeamsUser: optionalField(
    dataObject({ userId: idField, isAnonymous: optionalField(z.boolean()), cloud }),
  ),
  microsoftTeamsApp: optionalField(dataObject({ appId: idField, cloud })),
});

/** A user that an event must name, as {@link readIdentifier} reads one. */
export const identifierField = z.pipe(
  z.optional(z.unknown()),
  z.transform((value, { issues }) => {
    const rawId = readIdentifier(value);
    if (rawId !== undefined) return rawId;
    issues.push({ code: 'custom', message: 'is missing or no communication identifier', input: value });
    return z.NEVER;
  }),
);

/** A user that an event may name, as {@link readIdentifier} reads one; undefined when it names nobody. */
export const optionalIdentifierField = z.pipe(z.optional(z.unknown()), z.transform(readIdentifier));

/** A display name: blanks at the ends are dropped, and an empty name is no name. */
export const nameField = optionalField(
  z.pipe(
    z.string(),
    z.transform((text) => {
      const name = text.trim();
      return name === '' ? undefined : name;
    }),
  ),
);

/** A chat message id: digits as text, or as a number where a sender forgot the quotes. */
export const messageIdField = z.union(
  [idField, z.pipe(z.int().check(z.nonnegative()), z.transform(String))],
  {
    error: 'is missing or no message id',
  },
);

/** A server call id: base64url of a service address, some hundred characters, so longer than other ids may be. */
export const serverCallIdField = optionalField(
  z
    .string()
    .check(
      z.regex(
        /^[^\p{Cc}\p{Cs}]{1,1024}$/u,
        'is longer than 1,024 characters, empty or has control characters',
      ),
    ),
);

/** A chat participant, or a member as the shapes of 2020 call one: who it is, as far as that can be told. */
export const participantField = z.pipe(
  dataObject({
    displayName: nameField,
    participantCommunicationIdentifier: optionalIdentifierField,
    memberId: optionalIdentifierField,
  }),
  z.transform(({ displayName, participantCommunicationIdentifier, memberId }) => ({
    name: displayName,
    userId: participantCommunicationIdentifier ?? memberId,
  })),
);

/** What every user-level chat event has: its thread and, in one of two spellings, its recipient. */
export const chatRecipientFields = {
  threadId: idField,
  recipientCommunicationIdentifier: optionalIdentifierField,
  recipientId: optionalIdentifierField,
};

/** What keeps a text from being an id (see `idField`), or undefined when nothing does. */
export function idProblem(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > maxLength) return `is longer than ${maxLength} characters`;
  // Nearly every id is plain ASCII, which is told much faster.
  return visibleAscii.test(text) || visible.test(text) ? undefined : 'has control characters';
}

/**
 * A field the job can do without: absent, null or of a wrong shape all mean undefined. A caller's odd display name must
 * cost the name, not the ring.
 */
export function optionalField<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.catch(z.optional(schema), undefined);
}

/**
 * Reads a user as ACS writes one on the wire: the CommunicationIdentifierModel, with or without `rawId` and `kind`, and
 * the bare id of the 2020 shapes.
 *
 * @returns the canonical rawId (`8:acs:…`, `4:+…`, `8:orgid:…`), or undefined when the value names nobody
 */
function readIdentifier(value: unknown): string | undefined {
  // Of the two spellings that most fields have, one is absent.
  if (value === undefined) return undefined;
  const identifier = typeof value === 'string' ? readBareId(value) : readModel(value);
  if (identifier === undefined) return undefined;
  const rawId = getIdentifierRawId(identifier);
  return rawId.length <= 256 ? rawId : undefined;
}

// A bare text is trusted only where its form says that it is an id.
function readBareId(text: string): CommunicationIdentifier | undefined {
  if (idProblem(text) !== undefined) return undefined;
  const identifier = createIdentifierFromRawId(text);
  return identifier.kind === 'unknown' ? undefined : identifier;
}

function readModel(value: unknown): CommunicationIdentifier | undefined {
  const named = z.safeParse(withRawId, value);
  if (named.success) return createIdentifierFromRawId(named.data.rawId);
  const parsed = z.safeParse(withoutRawId, value);
  if (!parsed.success) return undefined;
  const { communicationUser, phoneNumber, microsoftTeamsUser, microsoftTeamsApp } = parsed.data;
  if (communicationUser !== undefined) return createIdentifierFromRawId(communicationUser.id);
  if (phoneNumber !== undefined) return { phoneNumber: phoneNumber.value };
  if (microsoftTeamsUser !== undefined) {
    const { userId, isAnonymous, cloud } = microsoftTeamsUser;
    return {
      microsoftTeamsUserId: userId,
      isAnonymous: isAnonymous === true,
      ...(cloud === undefined ? {} : { cloud }),
    };
  }
  if (microsoftTeamsApp !== undefined) {
    const { appId, cloud } = microsoftTeamsApp;
    return { teamsAppId: appId, cloud: cloud ?? 'public' };
  }
  return undefined;
}
