/** Why nothing was linked, and the exact next step, one line for each part of it. */
export interface Refusal {
  readonly why: string;
  readonly mend: string;
}
