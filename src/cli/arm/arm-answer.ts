/** What a question to Azure Resource Manager led to. */
export type ArmAnswer<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  /** Azure says that there is no such resource. */
  | { readonly kind: 'missing' }
  /** Nothing is known: not signed in, not allowed, no answer. */
  | ArmFailure;

/** Why Azure Resource Manager did not tell, and what to do about it. */
export interface ArmFailure {
  readonly kind: 'failed';
  /** Azure's own code such as `WrongSubscription`, when there was an answer with one. */
  readonly code?: string;
  readonly why: string;
  readonly mend: string;
}
