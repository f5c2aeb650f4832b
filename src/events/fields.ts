import {
  type CommunicationIdentifier,
  createIdentifierFromRawId,
  getIdentifierRawId,
} from '@azure/communication-common';
import * as z from 'zod/mini';
import { type ErrorCode, RelayError } from '../errors/errors.ts';
import { dataObject } from '../shared/schema.ts';

/** How an error names what is validated, and which error that is. */
export interface Subject {
  readonly code: ErrorCode;
  readonly class: 'user';
  readonly what: string;
}

/**
 * Validates a value against a schema.
 *
 * @throws RelayError with the code of the subject
 */
export function validate<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  subject: Subject,
): z.output<Schema> {
  const parsed = z.safeParse(schema, value, { error: issueText });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return `${path === '' ? '(root)' : path}: ${issue.message}`;
  });
  throw invalidEventError(subject, problems, parsed.error);
}

/**
 * The error for an event whose envelope or data lacks what the relay needs.
 *
 * @param problems each a field and its problem, but never its value, which may be personal
 */
export function invalidEventError(
  { what, ...error }: Subject,
  problems: readonly string[],
  cause?: z.core.$ZodError,
): RelayError {
  return new RelayError({
    ...error,
    message: `The ${what} is invalid: ${problems.join('; ')}. Compare it with the Event Grid schema reference for Azure Communication Services.`,
    problems,
    cause,
  });
}

// The message that full zod gives a type error. `zod/mini` comes without messages.
function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  return `Invalid input: expected ${issue.expected}, received ${jsonType(issue.input)}`;
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * An id that the relay copies into payloads, keys and headers: 1 to 256 characters, without control characters and
 * unpaired surrogates. ACS's own ids have at most about 120.
 */
export const idField = z.string().check(({ value, issues }) => {
  const message = idProblem(value);
  if (message !== undefined) issues.push({ code: 'custom', message, input: value });
});

/** A chat message id: digits as text, or as a number from senders that omit the quotes. */
export const messageIdField = z.union(
  [idField, z.pipe(z.int().check(z.nonnegative()), z.transform(String))],
  { error: 'is missing or not a message id' },
);

/** A server call id: the base64url text of a service address. At some hundred characters, it exceeds the limit of other ids. */
export const serverCallIdField = optionalField(z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{1,1024}$/u)));

/** A display name without surrounding white space. An empty name counts as absent. */
export const nameField = optionalField(
  z.pipe(
    z.string(),
    z.transform((text) => {
      const name = text.trim();
      return name === '' ? undefined : name;
    }),
  ),
);

/** The problem of a field that must name a user. */
export const notAnIdentifier = 'is missing or not a communication identifier';

/** A user that an event must name, as {@link readIdentifier} reads one. */
export const identifierField = z.pipe(
  z.optional(z.unknown()),
  z.transform((value, { issues }) => {
    const rawId = readIdentifier(value);
    if (rawId !== undefined) return rawId;
    issues.push({ code: 'custom', message: notAnIdentifier, input: value });
    return z.NEVER;
  }),
);

/** A user that an event may name, as {@link readIdentifier} reads one; undefined when it names none. */
export const optionalIdentifierField = z.pipe(z.optional(z.unknown()), z.transform(readIdentifier));

/** A chat participant, called a member in the shapes of 2020. Name and id are both optional. */
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

/**
 * A field that the relay can do without: absent, null or malformed all mean undefined. A malformed display name must cost
 * the name, not the ring.
 */
export function optionalField<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.catch(z.optional(schema), undefined);
}

const visible = /^[^\p{Cc}\p{Cs}]*$/u;
const visibleAscii = /^[\x20-\x7e]*$/;
const maxIdLength = 256;

/** The reason why a text is not an id (see {@link idField}), or undefined for an id. */
export function idProblem(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > maxIdLength) return `is longer than ${maxIdLength} characters`;
  // Nearly every id is plain ASCII, which is much faster to check.
  return visibleAscii.test(text) || visible.test(text) ? undefined : 'contains control characters';
}

/**
 * Reads a user as ACS writes one on the wire: a CommunicationIdentifierModel, with or without `rawId` and `kind`, or the
 * bare id of the 2020 shapes.
 *
 * @returns the canonical rawId (`8:acs:…`, `4:+…`, `8:orgid:…`), or undefined when the value does not name a user
 */
function readIdentifier(value: unknown): string | undefined {
  // Most users have two spellings, of which one is absent.
  if (value === undefined) return undefined;
  const identifier = typeof value === 'string' ? readBareId(value) : readModel(value);
  if (identifier === undefined) return undefined;
  const rawId = getIdentifierRawId(identifier);
  return rawId.length <= maxIdLength ? rawId : undefined;
}

// A bare text counts only if its form is that of an id.
function readBareId(text: string): CommunicationIdentifier | undefined {
  if (idProblem(text) !== undefined) return undefined;
  const identifier = createIdentifierFromRawId(text);
  return identifier.kind === 'unknown' ? undefined : identifier;
}

const withRawId = dataObject({ rawId: idField });

const cloud = optionalField(z.enum(['public', 'dod', 'gcch']));

const withoutRawId = dataObject({
  communicationUser: optionalField(dataObject({ id: idField })),
  phoneNumber: optionalField(dataObject({ value: idField })),
  microsoftTeamsUser: optionalField(
    dataObject({ userId: idField, isAnonymous: optionalField(z.boolean()), cloud }),
  ),
  microsoftTeamsApp: optionalField(dataObject({ appId: idField, cloud })),
});

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
