import { RelayError } from '../../errors/errors.ts';

/** The moments an app can hook into. */
export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation' | 'log';

/** A hook of the app. It may change the context it gets. */
export type HookCallback = (context: object) => unknown;

/** Something that can be taken back. */
export interface Disposable {
  dispose(): void;
}

/** Holds the hooks of one app and runs them in the order they were registered. */
export interface HookStore {
  readonly register: (name: string, callback: HookCallback) => Disposable;
  /** Runs all hooks of a name one after the other; the first that throws ends the row. */
  readonly run: (name: Exclude<HookName, 'log'>, context: object) => Promise<void>;
  /** Runs all `log` hooks at once: a line does not wait. */
  readonly runLog: (context: object) => void;
}

const names: readonly string[] = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'];

/** An empty {@link HookStore}. */
export function createHookStore(): HookStore {
  let hooks: readonly { readonly name: string; readonly callback: HookCallback }[] = [];
  return {
    register: (name, callback) => {
      if (!names.includes(name)) {
        throw new RelayError({
          code: 'INPUT_UNUSABLE',
          class: 'user',
          message: `Hook "${name}" is not known: use one of ${names.join(', ')}.`,
        });
      }
      const hook = { name, callback };
      hooks = [...hooks, hook];
      return {
        dispose: () => {
          hooks = hooks.filter((other) => other !== hook);
        },
      };
    },
    run: async (name, context) => {
      for (const hook of hooks) if (hook.name === name) await hook.callback(context);
    },
    runLog: (context) => {
      for (const hook of hooks) if (hook.name === 'log') hook.callback(context);
    },
  };
}
