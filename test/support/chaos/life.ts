/** The life of one invocation: it may end between any two effects, and has no effect after that. */
export interface Life {
  /** A point between two effects. Never resolves once the life is over. */
  readonly step: (name: string) => Promise<void>;
  /** Resolves immediately while the life lasts, never after it. Does not count as a step. */
  readonly alive: () => Promise<void>;
  readonly isOver: () => boolean;
  /** The points passed so far. */
  readonly steps: readonly string[];
  /** Resolves when the life ends before its work does. */
  readonly ended: Promise<void>;
}

/** @param endsAt the step at which it ends, from 1; absent: never */
export function createLife(endsAt?: number): Life {
  const steps: string[] = [];
  let isOver = false;
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const alive = (): Promise<void> => (isOver ? new Promise(() => {}) : Promise.resolve());
  return {
    step(name) {
      if (!isOver) {
        steps.push(name);
        if (steps.length === endsAt) {
          isOver = true;
          end();
        }
      }
      return alive();
    },
    alive,
    isOver: () => isOver,
    steps,
    ended,
  };
}
