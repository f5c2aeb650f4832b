import type { TokenCredential } from '@azure/identity';
import * as z from 'zod';
import { redactDetail } from '../../notification-hubs/classify-response.ts';

/** How Azure Resource Manager is reached. */
export interface AzureAccess {
  /** Origin, such as `https://management.azure.com`; other clouds have their own. */
  readonly endpoint: string;
  readonly credential: TokenCredential;
  /** PEM certificates to trust instead of the well-known ones, for tests. TLS is always verified. */
  readonly ca?: string;
}

/** What a question to Azure Resource Manager led to. */
export type ArmAnswer<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  /** Azure says that there is no such resource. */
  | { readonly kind: 'missing' }
  /** Nothing is known: not signed in, not allowed, no answer. */
  | ArmFailure;

/** Why Azure Resource Manager did not tell, and what to do about it. */
export interface ArmFailure {
  readonly kind: 'failed';
  /** Azure's own code such as `WrongSubscription`, when there was an answer with one. */
  readonly code?: string;
  readonly why: string;
  readonly mend: string;
}

const errorSchema = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  statusCode: z.number().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
});

// Errors of @azure/identity, by name: the package itself is loaded only when it is needed.
const signInErrors =
  /^(?:CredentialUnavailable|AggregateAuthentication|Authentication|AuthenticationRequired)Error$/;

/** Options that send an ARM client to the chosen cloud. The audience of the token follows from the endpoint. */
export function clientOptions({ endpoint, ca }: AzureAccess) {
  return {
    endpoint,
    retryOptions: { maxRetries: 1, retryDelayInMs: 500 },
    ...(ca === undefined ? {} : { tlsOptions: { ca } }),
  };
}

/** How one question is asked. */
interface AskOptions {
  /** Texts that no answer may repeat. */
  readonly secrets?: readonly string[];
  /** Longest time until the answer, with signing in and all its pages. Default one minute. */
  readonly timeoutMs?: number;
}

/**
 * Asks Azure Resource Manager one question. Never throws.
 *
 * @param what what is asked for, as a noun phrase, such as `the notification hub clinic-hub`
 * @param ask the question, through one of the ARM clients; the signal ends it when it takes too long
 */
export async function askArm<Value>(
  what: string,
  ask: (abortSignal: AbortSignal) => Promise<Value>,
  { secrets = [], timeoutMs = 60_000 }: AskOptions = {},
): Promise<ArmAnswer<Value>> {
  try {
    return { kind: 'found', value: await ask(AbortSignal.timeout(timeoutMs)) };
  } catch (error) {
    const { name, message, statusCode, code } = errorSchema.parse(error);
    if (statusCode === 404) return { kind: 'missing' };
    return describeFailure(what, {
      name,
      statusCode,
      code,
      detail: redactDetail(message, secrets).replace(/\.$/, ''),
    });
  }
}

interface Failure {
  readonly name: string;
  readonly statusCode: number | undefined;
  readonly code: string | undefined;
  readonly detail: string;
}

function describeFailure(what: string, { name, statusCode, code, detail }: Failure): ArmFailure {
  if (signInErrors.test(name) || statusCode === 401) {
    return {
      kind: 'failed',
      why: `Azure was not asked for ${what}: nobody is signed in.`,
      mend: 'az login',
    };
  }
  const known = code === undefined ? {} : { code };
  if (statusCode === 403) {
    return {
      kind: 'failed',
      ...known,
      why: `You are not allowed to ask Azure for ${what}${code === undefined ? '' : ` (${code})`}.`,
      mend: 'Ask an owner of the resource group for the role Contributor, or let somebody who has it run this command.',
    };
  }
  if (name === 'ZodError' || name === 'SyntaxError') {
    return {
      kind: 'failed',
      why: `Azure's answer about ${what} has a form that this version does not know.`,
      mend: 'Update acs-relay; if it is the newest, report an issue with the output of this command.',
    };
  }
  const answer = [statusCode, code].filter((part) => part !== undefined).join(' ');
  const said = detail === '' ? '' : `: ${detail}`;
  return statusCode === undefined
    ? {
        kind: 'failed',
        why: `Azure gave no answer about ${what} (${code ?? (/^(?:Abort|Timeout)Error$/.test(name) ? 'TIMEOUT' : name)}).`,
        mend: 'Check the network, the proxy and --arm-endpoint, then run this command again.',
      }
    : {
        kind: 'failed',
        ...known,
        why: `Azure answered ${answer} about ${what}${said}.`,
        mend: 'Run this command again; if it stays so, look at the activity log of the resource in the Azure portal.',
      };
}
