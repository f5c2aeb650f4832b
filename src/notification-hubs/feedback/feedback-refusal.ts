/** Why a hub gave no feedback. Nothing may be concluded about any device. */
export type FeedbackRefusal =
  /** The tier has no feedback: it comes with Standard. Nothing is wrong. */
  | { readonly kind: 'not-offered'; readonly status: number }
  | { readonly kind: 'throttled'; readonly status: number }
  /** No answer, or 408/5xx, or the container did not answer. The next run may get it. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** The hub, its key or its name is wrong, or it named a container that is none. */
  | { readonly kind: 'misconfigured'; readonly detail: string };
