import type { ShownPhone } from '../derive.ts';

/** The locale of a device as far as the browser knows it; English otherwise. */
export function deviceLocale({ device }: ShownPhone): string {
  try {
    return Intl.getCanonicalLocales(device?.locale ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}
