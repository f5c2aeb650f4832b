/** What really happened, as whoever made the events knows it: the judge believes this and nothing of the relay. */
export interface Truth {
  readonly id: string;
  readonly kind: 'ring' | 'joined' | 'ended' | 'message' | 'edited' | 'deleted';
  readonly timeMs: number;
  /** Whom it is for, or who joined; undefined for the end of a call. */
  readonly userId: string | undefined;
  /** The call or the message it is about: one thing on the screen. */
  readonly thing: string;
  readonly value: unknown;
}
