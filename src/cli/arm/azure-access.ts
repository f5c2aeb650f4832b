import type { TokenCredential } from '@azure/identity';

/** How Azure Resource Manager is reached. */
export interface AzureAccess {
  /** Origin, such as `https://management.azure.com`; other clouds have their own. */
  readonly endpoint: string;
  readonly credential: TokenCredential;
  /** PEM certificates to trust instead of the well-known ones, for tests. TLS is always verified. */
  readonly ca?: string;
}
