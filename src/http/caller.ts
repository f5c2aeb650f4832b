/** Who calls the device API. */
export type Caller =
  /** A backend with the Functions key, which the host has checked: it may act for every user. */
  | { readonly kind: 'backend' }
  /** An app with a token: it may act for this user only. `undefined` when the token names nobody usable. */
  | { readonly kind: 'app'; readonly userId: string | undefined }
  | { readonly kind: 'unauthenticated'; readonly tokenGiven: boolean }
  | { readonly kind: 'keys-unavailable' };
