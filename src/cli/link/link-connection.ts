import type { HubConnection } from '../../config/hub-connection.ts';
import type { Refusal } from './refusal.ts';

/** The connection string that ACS shall send with. */
export type LinkConnection =
  | {
      readonly kind: 'chosen';
      readonly text: string;
      readonly connection: HubConnection;
      /** Which access policy it is of, and what that may do, as a sentence. */
      readonly policy: string;
    }
  /** Azure did not tell, or no access policy fits. */
  | ({ readonly kind: 'none' } & Refusal);
