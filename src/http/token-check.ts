/** What a bearer token turned out to be. */
export type TokenCheck =
  | { readonly kind: 'valid'; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'missing' }
  | { readonly kind: 'invalid' }
  /** The keys of the issuer could not be fetched: nothing can be said about the token. */
  | { readonly kind: 'keys-unavailable' };
