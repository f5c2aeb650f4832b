/** One right of an access policy. */
export type AccessRight = 'Listen' | 'Send' | 'Manage';

/** An access policy (authorization rule) of a hub or a namespace. */
export interface AccessRule {
  readonly name: string;
  readonly rights: readonly AccessRight[];
}

/** The keys of an access policy. All of it is secret. */
export interface AccessKeys {
  readonly primaryKey: string;
  readonly secondaryKey: string;
  readonly primaryConnectionString: string;
}
