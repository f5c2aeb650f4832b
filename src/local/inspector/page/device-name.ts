import type { ShownPhone } from './derive.ts';

/** How the receiver of a push is called: by its device id, or by its masked handle. */
export function deviceName(handles: readonly string[], phones: readonly ShownPhone[]): string {
  const [first = '', ...more] = handles;
  const known = phones.find((phone) => phone.handles.includes(first))?.deviceId ?? first;
  return more.length === 0 ? known : `${known} and ${more.length} more`;
}
