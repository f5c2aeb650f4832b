import {
  type CommunicationIdentifier,
  createIdentifierFromRawId,
  getIdentifierRawId,
} from '@azure/communication-common';
import * as z from 'zod/mini';
import { dataObject } from '../shared/schema.ts';
import { idField } from './fields/id-field.ts';
import { optionalField } from './fields/optional-field.ts';
import { idProblem } from './id-problem.ts';

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

/**
 * Reads a user as ACS writes one on the wire: the CommunicationIdentifierModel, with or without `rawId` and `kind`, and
 * the bare id of the 2020 shapes.
 *
 * @returns the canonical rawId (`8:acs:…`, `4:+…`, `8:orgid:…`), or undefined when the value names nobody
 */
export function readIdentifier(value: unknown): string | undefined {
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
