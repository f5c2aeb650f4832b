/** What really happened, known to the maker of the events: the judges trust this and nothing the relay says. */
export interface Truth {
  readonly id: string;
  readonly kind: 'ring' | 'joined' | 'ended' | 'message' | 'edited' | 'deleted';
  readonly timeMs: number;
  /** The recipient, or the user who joined; undefined for the end of a call. */
  readonly userId: string | undefined;
  /** The call or the message it is about: one thing on the screen. */
  readonly thing: string;
  readonly value: unknown;
}
