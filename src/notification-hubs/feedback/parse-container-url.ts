import { isLoopbackHost } from '../../shared/loopback.ts';

const MAX_LENGTH = 4096;

/** Public Azure, Azure Government, Azure operated by 21Vianet. */
const BLOB_HOST = /^[a-z0-9]{3,24}\.blob\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/;

/**
 * Checks the address of the feedback container before anything follows it. Only an Azure blob container over https with
 * a signature passes; for a hub on this machine also one on this machine, where Azurite puts the account into the path.
 * Whatever else the hub's answer names (a metadata service, a host inside the network) is never asked.
 *
 * @param text - the answer of the hub: the address as plain text.
 * @returns the address, or undefined. It is a secret: whoever has it can read the feedback.
 */
export function parseContainerUrl(text: string, hubIsLocal: boolean): string | undefined {
  const address = text.trim();
  if (address.length > MAX_LENGTH || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  if (!url.searchParams.has('sig')) return undefined;
  const isAzure =
    url.protocol === 'https:' &&
    url.port === '' &&
    BLOB_HOST.test(url.hostname) &&
    /^\/[a-z0-9$-]{1,63}\/?$/.test(url.pathname);
  const isLocal =
    hubIsLocal &&
    url.protocol === 'http:' &&
    isLoopbackHost(url.hostname) &&
    /^(?:\/[a-z0-9$-]{1,63}){1,2}\/?$/.test(url.pathname);
  return isAzure || isLocal ? url.href : undefined;
}
