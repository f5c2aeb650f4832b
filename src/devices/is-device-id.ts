/** Whether a text can name a device: 1 to 128 of the characters `A-Z a-z 0-9 . _ : -`. */
export function isDeviceId(text: string): boolean {
  return /^[A-Za-z0-9._:-]{1,128}$/.test(text);
}
