/**
 * Members of an event that hold a secret of a call, whatever their case: `incomingCallContext` lets its reader answer or
 * redirect the call; `cp` and `shrToken` are parts of it. As alternatives of a pattern.
 */
export const callSecretNames = 'incomingCallContext|cp|shrToken';
