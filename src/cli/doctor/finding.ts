/** Every point that `acs-relay doctor` looks at. Public: scripts read them in `--json`. */
export type CheckName =
  | 'settings'
  | 'tables'
  | 'blobs'
  | 'hub-key'
  | 'clock'
  | 'acs'
  | 'linked-hub'
  | 'hub'
  | 'push-credentials'
  | 'voip-bundle'
  | 'access-policy'
  | 'call-events'
  | 'chat-events';

interface About {
  readonly check: CheckName;
  /** What was looked at, where there can be several, such as the name of a hub. */
  readonly about?: string;
  /** What was found, in a sentence or two. Never a secret. */
  readonly why: string;
}

/** What a check found. `mend` is the exact next step, most often a command; one line for each part of it. */
export type Finding =
  | (About & { readonly kind: 'ok' })
  | (About & { readonly kind: 'wrong'; readonly mend: string })
  | (About & { readonly kind: 'could-not-check'; readonly mend: string });
