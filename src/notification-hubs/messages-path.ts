import { hubRequestInvalid } from './hub-request-invalid.ts';

/**
 * The path of the hub's message endpoint, `/{hub}/messages/`, with the hub name percent-encoded.
 *
 * @throws RelayError `HUB_REQUEST_INVALID` for a name that is empty or that a URL would swallow (`.`, `..`).
 */
export const messagesPath = (hubName: string): string => {
  if (hubName === '' || hubName === '.' || hubName === '..' || !hubName.isWellFormed()) {
    throw hubRequestInvalid('the hub name is empty or cannot stand in a URL');
  }
  return `/${encodeURIComponent(hubName)}/messages/`;
};
