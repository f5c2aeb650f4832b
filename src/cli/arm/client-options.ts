import type { AzureAccess } from './azure-access.ts';

/**
 * Options that send an ARM client to the chosen cloud. The clients take the address twice: `$host` is where requests
 * go, `endpoint` names the audience of the token.
 */
export function clientOptions({ endpoint, ca }: AzureAccess) {
  return {
    endpoint,
    $host: endpoint,
    retryOptions: { maxRetries: 1, retryDelayInMs: 500 },
    ...(ca === undefined ? {} : { tlsOptions: { ca } }),
  };
}
