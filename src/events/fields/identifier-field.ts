import {
  type CommunicationIdentifier,
  createIdentifierFromRawId,
  getIdentifierRawId,
} from '@azure/communication-common';
import * as z from 'zod';
import { idProblem } from '../id-problem.ts';
import { idField } from './id-field.ts';

const clouds = ['public', 'dod', 'gcch'] as const;

const wireIdentifier = z.object({
  rawId: idField.optional().catch(undefined),
  communicationUser: z.object({ id: idField }).optional().catch(undefined),
  phoneNumber: z.object({ value: idField }).optional().catch(undefined),
  microsoftTeamsUser: z
    .object({
      userId: idField,
      isAnonymous: z.boolean().optional().catch(undefined),
      cloud: z.enum(clouds).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  microsoftTeamsApp: z
    .object({ appId: idField, cloud: z.enum(clouds).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const problem = 'is missing or no communication identifier';

/**
 * A user as ACS writes one on the wire, as its canonical rawId (`8:acs:…`, `4:+…`, `8:orgid:…`). Takes the
 * CommunicationIdentifierModel, with or without `rawId` and `kind`, and the bare id of the 2020 shapes.
 */
export const identifierField = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const rawId = typeof value === 'string' ? readBareId(value) : readModel(value);
    if (rawId !== undefined && rawId.length <= 256) return rawId;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

// A bare text is trusted only where its form says that it is an id.
function readBareId(text: string): string | undefined {
  if (idProblem(text) !== undefined) return undefined;
  const identifier = createIdentifierFromRawId(text);
  return identifier.kind === 'unknown' ? undefined : getIdentifierRawId(identifier);
}

function readModel(value: unknown): string | undefined {
  const model = wireIdentifier.safeParse(value);
  const identifier = model.success ? toIdentifier(model.data) : undefined;
  return identifier === undefined ? undefined : getIdentifierRawId(identifier);
}

function toIdentifier(model: z.infer<typeof wireIdentifier>): CommunicationIdentifier | undefined {
  if (model.rawId !== undefined) return createIdentifierFromRawId(model.rawId);
  if (model.communicationUser !== undefined) return createIdentifierFromRawId(model.communicationUser.id);
  if (model.phoneNumber !== undefined) return { phoneNumber: model.phoneNumber.value };
  if (model.microsoftTeamsUser !== undefined) {
    const { userId, isAnonymous, cloud } = model.microsoftTeamsUser;
    return {
      microsoftTeamsUserId: userId,
      isAnonymous: isAnonymous === true,
      ...(cloud === undefined ? {} : { cloud }),
    };
  }
  if (model.microsoftTeamsApp !== undefined) {
    const { appId, cloud } = model.microsoftTeamsApp;
    return { teamsAppId: appId, cloud: cloud ?? 'public' };
  }
  return undefined;
}
