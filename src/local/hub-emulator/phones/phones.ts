import type { Clock } from '../../../shared/time.ts';
import type { ReceivedPush } from '../hub-record.ts';
import { comeOnline, expirePushes, receivePush } from './delivery.ts';
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

/** {@link Phones} as the emulator itself uses them. */
export interface PhoneStore extends Phones {
  readonly get: (handle: string) => Phone | undefined;
  /** Hands a push to each phone that it is for. */
  readonly receive: (push: ReceivedPush) => void;
}

const maxPhones = 5000;

/** No phones yet; every one is online until it is switched off. Beyond 5,000 the one first seen is forgotten. */
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
