import { RelayError } from '../../errors/errors.ts';
import type { FunctionStore } from './function-store.ts';
import type { HookStore } from './hook-store.ts';
import type { HostLog, HostLogLevel } from './host-log.ts';
import type { LogCategory, ProgrammingModel } from './programming-model.ts';

/** The module that an app gets for `require('@azure/functions-core')`, and the model it chose. */
export interface CoreApi {
  readonly module: object;
  /** The programming model of the app. Throws when the app never registered anything. */
  readonly programmingModel: () => ProgrammingModel;
}

const version = '4.0.0-local';

/** Builds the `@azure/functions-core` module over the stores of one app. */
export function createCoreApi(functions: FunctionStore, hooks: HookStore, log: HostLog): CoreApi {
  let model: ProgrammingModel | undefined;
  class Disposable {
    readonly #dispose: () => unknown;
    constructor(dispose: () => unknown) {
      this.#dispose = dispose;
    }
    dispose(): unknown {
      return this.#dispose();
    }
  }
  return {
    module: {
      version,
      hostVersion: version,
      registerFunction: functions.register,
      registerHook: hooks.register,
      setProgrammingModel: (chosen: ProgrammingModel) => {
        model = chosen;
      },
      getProgrammingModel: () => model,
      log: (level: HostLogLevel, _category: LogCategory, message: string) => log('host', level, message),
      Disposable,
    },
    programmingModel: () => {
      if (model !== undefined) return model;
      throw new RelayError({
        code: 'INPUT_UNUSABLE',
        class: 'user',
        message:
          'The app registered no function: its entry point must call app.http, app.eventGrid or app.timer of @azure/functions.',
      });
    },
  };
}
