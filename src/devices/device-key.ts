/** What names a device: its user's rawId and the id the app chose. */
export interface DeviceKey {
  readonly recipientId: string;
  readonly deviceId: string;
}
