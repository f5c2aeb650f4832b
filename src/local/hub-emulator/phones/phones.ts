import type { Phone } from './phone.ts';

/** The phones that the emulator has pushed to, or was told about. */
export interface Phones {
  /** In the order in which they were first seen. */
  readonly list: () => readonly Phone[];
  /**
   * Switches a phone on or off. One that comes online gets what still waits, in order. A phone that was never pushed to
   * may be switched off beforehand; its platform shows with the first push.
   */
  readonly setOnline: (handle: string, online: boolean) => void;
  /** Calls `listener` with each phone that changed, from now on; the returned function ends that. */
  readonly subscribe: (listener: (phone: Phone) => void) => () => void;
}
