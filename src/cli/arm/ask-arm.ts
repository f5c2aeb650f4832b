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

/** The result of one request to Azure Resource Manager. */
export type ArmAnswer<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  /** The resource does not exist. */
  | { readonly kind: 'missing' }
  /** Unknown: not signed in, not authorized, no response. */
  | ArmFailure;

/** Why a request failed, and how to fix it. */
export interface ArmFailure {
  readonly kind: 'failed';
  /** Azure's own code, such as `WrongSubscription`; absent without a response that has one. */
  readonly code?: string;
  readonly why: string;
  readonly fix: string;
}

const errorSchema = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  statusCode: z.number().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
});

// Errors of @azure/identity, by name: the package itself is loaded only on demand.
const signInErrors =
  /^(?:CredentialUnavailable|AggregateAuthentication|Authentication|AuthenticationRequired)Error$/;

/** The options of an ARM client for the chosen cloud. The audience of the token follows from the endpoint. */
export function clientOptions({ endpoint, ca }: AzureAccess) {
  return {
    endpoint,
    retryOptions: { maxRetries: 1, retryDelayInMs: 500 },
    ...(ca === undefined ? {} : { tlsOptions: { ca } }),
  };
}

interface AskOptions {
  /** Texts that are redacted in the result. */
  readonly secrets?: readonly string[];
  /** Limit for the whole request, including sign-in and all pages. Default one minute. */
  readonly timeoutMs?: number;
}

/**
 * Sends one request to Azure Resource Manager. Never throws.
 *
 * @param action completes "Could not …", such as `read the notification hub clinic-hub`
 * @param request calls an ARM client; the signal aborts it after the time limit
 */
export async function askArm<Value>(
  action: string,
  request: (abortSignal: AbortSignal) => Promise<Value>,
  { secrets = [], timeoutMs = 60_000 }: AskOptions = {},
): Promise<ArmAnswer<Value>> {
  try {
    return { kind: 'found', value: await request(AbortSignal.timeout(timeoutMs)) };
  } catch (error) {
    const { name, message, statusCode, code } = errorSchema.parse(error);
    if (statusCode === 404) return { kind: 'missing' };
    return describeFailure(action, {
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

function describeFailure(action: string, { name, statusCode, code, detail }: Failure): ArmFailure {
  if (signInErrors.test(name) || statusCode === 401) {
    return {
      kind: 'failed',
      why: `Could not ${action}: not signed in to Azure.`,
      fix: 'az login',
    };
  }
  const known = code === undefined ? {} : { code };
  if (statusCode === 403) {
    return {
      kind: 'failed',
      ...known,
      why: `Could not ${action}: you are not authorized${code === undefined ? '' : ` (${code})`}.`,
      fix: 'Ask an owner of the resource group for the Contributor role, or have someone with that role run this command.',
    };
  }
  if (name === 'ZodError' || name === 'SyntaxError') {
    return {
      kind: 'failed',
      why: `Could not ${action}: this version does not understand Azure's response.`,
      fix: 'Update acs-relay. If it is up to date, file an issue with the output of this command.',
    };
  }
  const status = [statusCode, code].filter((part) => part !== undefined).join(' ');
  const said = detail === '' ? '' : `: ${detail}`;
  return statusCode === undefined
    ? {
        kind: 'failed',
        why: `Could not ${action}: Azure did not respond (${code ?? (/^(?:Abort|Timeout)Error$/.test(name) ? 'TIMEOUT' : name)}).`,
        fix: 'Check the network, the proxy and --arm-endpoint, then run this command again.',
      }
    : {
        kind: 'failed',
        ...known,
        why: `Could not ${action}: Azure returned ${status}${said}.`,
        fix: 'Run this command again. If the problem persists, check the activity log of the resource in the Azure portal.',
      };
}
