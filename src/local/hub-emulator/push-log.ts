import type { ReceivedPush } from './received-push.ts';

/** The pushes an emulator got, oldest first, as many as it keeps. */
export interface PushLog {
  readonly add: (push: ReceivedPush) => void;
  readonly list: () => readonly ReceivedPush[];
  readonly clear: () => void;
  /** Calls `listener` for each push from now on; the returned function ends that. */
  readonly subscribe: (listener: (push: ReceivedPush) => void) => () => void;
}

/** An empty {@link PushLog} that keeps the last `capacity` pushes. */
export function createPushLog(capacity: number): PushLog {
  let pushes: readonly ReceivedPush[] = [];
  const listeners = new Set<(push: ReceivedPush) => void>();
  return {
    add: (push) => {
      pushes = [...pushes, push].slice(-capacity);
      for (const listener of listeners) listener(push);
    },
    list: () => pushes,
    clear: () => {
      pushes = [];
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
