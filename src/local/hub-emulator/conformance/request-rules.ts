import type { HubCall } from '../hub-call.ts';
import type { SasRule } from '../sas-token.ts';
import { contentRules } from './content-rules.ts';
import type { Finding } from './finding.ts';
import type { RequestRule } from './rule.ts';

const hubNameRule: RequestRule = {
  id: 'hub-name',
  judge: 'notification-hubs',
  severity: 'error',
  status: 404,
  document: 'Azure Notification Hubs REST API: Direct send',
  demand: 'The first part of the path is a hub of the namespace',
  check: ({ hub, hubInPath }) =>
    hub === undefined ? [`Notification hub "${hubInPath}" does not exist in this namespace.`] : [],
};

/** Authentication: the token, its signature, expiry and audience. */
const sasRules: readonly RequestRule[] = [
  sasRule('hub-sas-token', 'The `Authorization` header is a `SharedAccessSignature`'),
  sasRule('hub-sas-signature', 'The token is signed with a key of the namespace or the hub'),
  sasRule('hub-sas-expiry', 'The `se` of the token is in the future'),
  sasRule(
    'hub-sas-audience',
    'The `sr` of the token is the namespace, the hub, or a longer prefix of the URL',
  ),
];

const common = {
  judge: 'notification-hubs',
  severity: 'error',
  document: 'Azure Notification Hubs REST API: Direct send',
} as const;

/** Routing: the path, the Send right, and the query. */
const pathRules: readonly RequestRule[] = [
  {
    ...common,
    id: 'hub-path',
    status: 404,
    demand: 'A push is a `POST` to `/{hub}/messages/`',
    check: ({ method, resource, item, deeper }) =>
      method === 'POST' && resource === 'messages' && !deeper && item === '' ? [] : ['Unknown path.'],
  },
  {
    ...common,
    id: 'hub-sas-rights',
    status: 401,
    document: 'Azure Notification Hubs: Notification Hubs security',
    demand: 'The key that signed the token has the Send right',
    check: ({ sas, rights }) => {
      if (sas.kind === 'invalid' || rights.includes('Send')) return [];
      return [
        `MissingClaim: the key "${sas.keyName}" grants ${rights.join(' and ') || 'nothing'}; Send is required.`,
      ];
    },
  },
  {
    ...common,
    id: 'hub-direct',
    status: 400,
    demand:
      'The query has the parameter `direct`; without it the push does not go to the device of the handle',
    check: ({ direct }) =>
      direct ? [] : ['The emulator supports only Direct Send: the query must have the parameter "direct".'],
  },
];

/** The checks of Notification Hubs for every request, then for a push, in this order. The first breach is the answer. */
export const requestRules: { readonly any: readonly RequestRule[]; readonly push: readonly RequestRule[] } = {
  any: [...sasRules, hubNameRule],
  push: [...pathRules, ...contentRules],
};

/** Why a request is rejected. */
interface Refusal {
  readonly status: number;
  readonly detail: string;
  /** Absent when the reason is a limit of the emulator. */
  readonly finding?: Finding;
}

/** The first reason to reject a request; undefined for a push that Notification Hubs accepts. Pure. */
export function judgeCall(call: HubCall): Refusal | undefined {
  return firstBreach(requestRules.any, call) ?? emulatorLimit(call) ?? firstBreach(requestRules.push, call);
}

function firstBreach(rules: readonly RequestRule[], call: HubCall): Refusal | undefined {
  for (const { id, severity, judge, document, status, check } of rules) {
    const [message] = check(call);
    if (message !== undefined) {
      return { status, detail: message, finding: { rule: id, severity, judge, message, document } };
    }
  }
  return undefined;
}

function emulatorLimit({ method, resource, deeper }: HubCall): Refusal | undefined {
  if (method !== 'GET') return undefined;
  if (resource === 'feedbackcontainer') {
    return { status: 501, detail: 'The emulator does not provide push service feedback.' };
  }
  if (resource === 'messages' && !deeper) {
    return { status: 404, detail: 'The emulator does not keep notification telemetry.' };
  }
  return undefined;
}

function sasRule(id: SasRule, demand: string): RequestRule {
  return {
    id,
    judge: 'notification-hubs',
    severity: 'error',
    status: 401,
    document: 'Azure Service Bus: Service Bus access control with Shared Access Signatures',
    demand,
    check: ({ sas }) => (sas.kind === 'invalid' && sas.rule === id ? [sas.detail] : []),
  };
}
