/** What a probe of a hub showed. `detail` is a short line of the hub's own words, without secrets. */
export type HubProbe =
  /** The hub is there, and the key may send. */
  | { readonly kind: 'accepted' }
  /** No access policy of this name has this key. */
  | { readonly kind: 'key-refused'; readonly detail: string }
  /** The hub's clock is past the end of a token that was signed just now. */
  | { readonly kind: 'token-expired'; readonly detail: string }
  /** The key is right, but its access policy lacks Send. */
  | { readonly kind: 'send-missing'; readonly detail: string }
  /** The namespace has no hub of this name. */
  | { readonly kind: 'hub-missing' }
  /** No answer: the address, the network, a firewall. `reason` is a code such as `ENOTFOUND`. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** An answer that tells nothing about the key. */
  | { readonly kind: 'unclear'; readonly detail: string };

/** A probe, with what it showed about the time. */
export interface ProbedHub {
  readonly probe: HubProbe;
  /** The hub's clock beside this machine's; absent when the answer had no date. */
  readonly clock?: ClockReading;
}

/** When a request left, when its answer came, and which second the answer says it was written in. Epoch milliseconds. */
export interface ClockReading {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly dateMs: number;
}
