import { RelayError } from '../../errors/errors.ts';
import type { Disposable } from './hook-store.ts';
import type { FunctionCallback } from './programming-model.ts';
import type { FunctionMetadata } from './rpc.ts';

/** A function of the app: what it listens to and what it runs. */
export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** Holds the functions of one app. */
export interface FunctionStore {
  /** Adds a function. Throws for a name that is taken, and after startup, as the worker of Azure does. */
  readonly register: (metadata: FunctionMetadata, callback: FunctionCallback) => Disposable;
  /** Ends startup: from now on nothing can be registered or taken back. */
  readonly close: () => void;
  readonly list: () => readonly RegisteredFunction[];
}

const refuse = (message: string) => new RelayError({ code: 'INPUT_UNUSABLE', class: 'user', message });

/** An empty {@link FunctionStore}. */
export function createFunctionStore(): FunctionStore {
  const functions = new Map<string, RegisteredFunction>();
  let closed = false;
  return {
    register: (metadata, callback) => {
      const { name } = metadata;
      if (closed) {
        throw refuse(`A function can only be registered during app startup, but "${name}" came later.`);
      }
      if (functions.has(name)) {
        throw refuse(
          `A function with the name "${name}" has already been registered: give each its own name.`,
        );
      }
      functions.set(name, { metadata, callback });
      return {
        dispose: () => {
          if (closed) throw refuse(`A function can only be disposed during app startup: "${name}" stays.`);
          functions.delete(name);
        },
      };
    },
    close: () => {
      closed = true;
    },
    list: () => [...functions.values()],
  };
}
