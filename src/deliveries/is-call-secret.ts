// `incomingCallContext` lets its reader answer or redirect the call; `cp` and `shrToken` are parts of it.
const callSecret = /^(?:incomingCallContext|cp|shrToken)$/i;

/** Whether a member of this name holds a secret of a call, which must be neither stored nor shown. */
export function isCallSecret(key: string): boolean {
  return callSecret.test(key);
}
