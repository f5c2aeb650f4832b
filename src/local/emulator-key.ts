/** Name of the key that the local hub emulator knows; also the default full-access rule of a real namespace. */
export const emulatorKeyName = 'DefaultFullSharedAccessSignature';

/** The key itself. Public on purpose: it opens nothing but an emulator on this machine. */
export const emulatorKey = 'local-hub-emulator-key';

/** Connection string of a local hub emulator. */
export function emulatorConnectionString(url: string): string {
  return `Endpoint=${url}/;SharedAccessKeyName=${emulatorKeyName};SharedAccessKey=${emulatorKey}`;
}
