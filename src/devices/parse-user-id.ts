import { createIdentifierFromRawId, getIdentifierRawId } from '@azure/communication-common';

/** A user id that can be pushed to, in its one spelling; or what is wrong with it, without repeating it. */
export type ParsedUserId =
  | { readonly kind: 'valid'; readonly userId: string }
  | { readonly kind: 'invalid'; readonly problem: string };

const MAX_LENGTH = 256;
// White space, control characters and broken Unicode never occur in a rawId; / \ # ? % have no place in one and are
// what URLs and table keys stumble over.
const FORBIDDEN = /[\s\p{C}/\\#?%]/u;

/**
 * Checks and normalises the id of a user who can receive events: an Azure Communication Services rawId of at most 256
 * characters. Every kind that Event Grid names in `data.to` or as the recipient of a chat event is taken:
 * Communication Services users, Teams users and visitors, Teams phone extension users, phone numbers, and Teams
 * resource accounts (`28:…`, whose calls arrive as `IncomingCall` as well). An id of an unknown form and
 * the anonymous caller `4:anonymous` are refused: no event is ever addressed to them.
 */
export function parseUserId(text: string): ParsedUserId {
  if (text === '') return invalid('it is empty');
  if (text.length > MAX_LENGTH) return invalid(`it has ${text.length} characters, more than ${MAX_LENGTH}`);
  if (FORBIDDEN.test(text))
    return invalid('it contains white space, a control character or one of / \\ # ? %');
  const identifier = createIdentifierFromRawId(text);
  if (identifier.kind === 'unknown' || text.endsWith(':')) {
    return invalid('it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…');
  }
  if (identifier.kind === 'phoneNumber' && identifier.isAnonymous === true) {
    return invalid('it is the anonymous caller, whom nobody can push to');
  }
  return { kind: 'valid', userId: getIdentifierRawId(identifier) };
}

function invalid(problem: string): ParsedUserId {
  return { kind: 'invalid', problem: `The user id cannot be used: ${problem}.` };
}
