import { randomUUID } from 'node:crypto';
import type {
  CoreInvocationContext,
  FunctionCallback,
  HookStore,
  ProgrammingModel,
  RegisteredFunction,
} from './core-api.ts';
import type { HostLog } from './host-log.ts';
import type { RpcInvocationRequest, RpcInvocationResponse } from './rpc.ts';

/** The input of one invocation, without the ids that the host assigns. */
export type InvocationInput = Pick<RpcInvocationRequest, 'inputData' | 'triggerMetadata' | 'traceContext'>;

interface InvocationHost {
  readonly programmingModel: () => ProgrammingModel;
  readonly hooks: HookStore;
  readonly log: HostLog;
  /** Data shared by all hooks of the app. */
  readonly appHookData: object;
}

/**
 * Runs a function once, in the order of the Azure worker: arguments, `preInvocation` hooks, handler, `postInvocation`
 * hooks, response. Hooks may replace inputs, handler, result and error; `log` hooks may replace the app's log lines.
 * Rethrows the error of the handler.
 */
export async function invokeFunction(
  host: InvocationHost,
  { metadata, callback }: RegisteredFunction,
  input: InvocationInput,
): Promise<RpcInvocationResponse> {
  const invocationId = randomUUID();
  const hookData = {};
  let invocationContext: unknown;
  const coreContext: CoreInvocationContext = {
    invocationId,
    request: { ...input, invocationId, functionId: metadata.name },
    metadata,
    log: (level, category, message) => {
      const line = { hookData, appHookData: host.appHookData, invocationContext, level, category, message };
      host.hooks.runLog(line);
      const said = category === 'user' ? line : { level, message };
      host.log(metadata.name, said.level, said.message);
    },
  };
  const model = await host.programmingModel().getInvocationModel(coreContext);
  const { context, inputs } = await model.getArguments();
  invocationContext = context;
  const shared = { hookData, appHookData: host.appHookData, invocationContext };

  const before: typeof shared & { inputs: unknown[]; functionCallback: FunctionCallback } = {
    ...shared,
    inputs,
    functionCallback: callback,
  };
  await runHooks(host, coreContext, 'preInvocation', before);

  const after: typeof shared & { inputs: unknown[]; result: unknown; error: unknown } = {
    ...shared,
    inputs: before.inputs,
    result: null,
    error: null,
  };
  coreContext.state = 'invocation';
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    // A thrown value that is not an Error is a failure too; only a hook may clear it.
    after.error = error instanceof Error ? error : new Error(String(error));
  }
  await runHooks(host, coreContext, 'postInvocation', after);
  if (after.error !== null && after.error !== undefined) throw after.error;
  return await model.getResponse(context, after.result);
}

async function runHooks(
  host: InvocationHost,
  coreContext: CoreInvocationContext,
  name: 'preInvocation' | 'postInvocation',
  context: object,
): Promise<void> {
  coreContext.state = `${name}Hooks`;
  try {
    await host.hooks.run(name, context);
  } finally {
    coreContext.state = undefined;
  }
}
