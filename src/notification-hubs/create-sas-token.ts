import type { HubConnection } from '../config/hub-connection.ts';
import { signSas } from './sign-sas.ts';

/**
 * Builds the `Authorization` value for a namespace: a shared access signature. Pure.
 *
 * The audience is the root of the namespace with a trailing slash. A token is good for every path below its
 * audience, so one token serves single and batch sends; it is what Microsoft's own client for JavaScript signs, with
 * hub-level keys too, so a key the portal hands out is known to work this way. What the key may do is still limited
 * by its access policy.
 *
 * @param connection - the namespace and its key.
 * @param expiresAtSeconds - end of validity, epoch seconds.
 */
export const createSasToken = (connection: HubConnection, expiresAtSeconds: number): string => {
  const audience = encodeURIComponent(`${connection.endpoint}/`.toLowerCase());
  const signature = encodeURIComponent(signSas(`${audience}\n${expiresAtSeconds}`, connection.key));
  const keyName = encodeURIComponent(connection.keyName);
  return `SharedAccessSignature sr=${audience}&sig=${signature}&se=${expiresAtSeconds}&skn=${keyName}`;
};
