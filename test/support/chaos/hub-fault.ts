/**
 * What becomes of one request. `answer`: the hub says so and took nothing, but for 201. `lost`: the hub took it or not,
 * and no answer comes.
 */
export type HubFault =
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'lost'; readonly how: 'TIMEOUT' | 'ECONNRESET'; readonly took: boolean };

/** The answer of a hub that is well. */
export const taken: HubFault = { kind: 'answer', status: 201 };
