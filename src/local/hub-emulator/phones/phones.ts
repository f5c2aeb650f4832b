import type { Clock } from '../../../shared/time.ts';
import type { ReceivedPush } from '../hub-record.ts';
import { comeOnline, expirePushes, receivePush } from './delivery.ts';
import type { Phone } from './phone.ts';

/** The phones that the emulator has received pushes for. */
export interface Phones {
  /** In the order of their first push. */
  readonly list: () => readonly Phone[];
  /**
   * Switches a phone on or off. A phone that comes online receives its waiting pushes in order. A phone may be switched
   * off before its first push, which then determines its platform.
   */
  readonly setOnline: (handle: string, online: boolean) => void;
  /** Calls `listener` with each phone that changes; returns a function that unsubscribes it. */
  readonly subscribe: (listener: (phone: Phone) => void) => () => void;
}

/** {@link Phones} for the emulator itself. */
export interface PhoneStore extends Phones {
  readonly get: (handle: string) => Phone | undefined;
  /** Passes a push to each of its phones. */
  readonly receive: (push: ReceivedPush) => void;
}

const maxPhones = 5000;

/** Starts without phones. A phone is online until it is switched off. Beyond 5,000 phones the oldest is dropped. */
export function createPhones(clock: Clock): PhoneStore {
  const phones = new Map<string, Phone>();
  const offlineBeforehand = new Set<string>();
  const listeners = new Set<(phone: Phone) => void>();

  const keep = (phone: Phone) => {
    phones.set(phone.handle, phone);
    const [first] = phones.keys();
    if (phones.size > maxPhones && first !== undefined) phones.delete(first);
    for (const listener of listeners) listener(phone);
  };
  const get = (handle: string) => {
    const phone = phones.get(handle);
    return phone === undefined ? undefined : expirePushes(phone, clock());
  };

  return {
    get,
    list: () => [...phones.values()].map((phone) => expirePushes(phone, clock())),
    receive: (push) => {
      for (const handle of new Set(push.deviceHandles)) {
        const known = get(handle) ?? newPhone(handle, push, !offlineBeforehand.delete(handle));
        const hubs = known.hubs.includes(push.hub) ? known.hubs : [...known.hubs, push.hub];
        keep(receivePush({ ...known, hubs }, push, clock()));
      }
    },
    setOnline: (handle, online) => {
      const phone = get(handle);
      if (phone !== undefined) keep(online ? comeOnline(phone, clock()) : { ...phone, online: false });
      else if (online) offlineBeforehand.delete(handle);
      else offlineBeforehand.add(handle);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function newPhone(handle: string, { format, hub }: ReceivedPush, online: boolean): Phone {
  return {
    handle,
    platform: format === 'apple' ? 'apns' : 'fcmv1',
    hubs: [hub],
    online,
    waiting: [],
    delivered: [],
    dropped: [],
    collapseKeys: [],
    owesDeletedMessages: false,
    deletedMessagesAtMs: [],
  };
}
