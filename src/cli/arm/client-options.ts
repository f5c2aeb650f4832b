import type { AzureAccess } from './azure-access.ts';

/** Options that send an ARM client to the chosen cloud. The audience of the token follows from the endpoint. */
export function clientOptions({ endpoint, ca }: AzureAccess) {
  return {
    endpoint,
    retryOptions: { maxRetries: 1, retryDelayInMs: 500 },
    ...(ca === undefined ? {} : { tlsOptions: { ca } }),
  };
}
