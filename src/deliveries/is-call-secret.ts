import { callSecretNames } from './call-secret-names.ts';

const callSecret = new RegExp(`^(?:${callSecretNames})$`, 'i');

/** Whether a member of this name holds a secret of a call, which must be neither stored nor shown. */
export function isCallSecret(key: string): boolean {
  return callSecret.test(key);
}
