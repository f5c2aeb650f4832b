import type { AppIo } from '../app-io.ts';
import type { AzureAccess } from './azure-access.ts';

/** What the commands that ask Azure touch of the process they run in. */
export interface AzureIo extends AppIo {
  /** Who signs in, instead of whoever `az login` knows. Tests hand in their own. */
  readonly azure?: Omit<AzureAccess, 'endpoint'>;
  /** Reads standard input to its end. */
  readonly readInput?: () => Promise<string>;
}
