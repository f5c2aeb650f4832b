import type { HubCall } from '../hub-call.ts';
import type { SasRule } from '../sas-token.ts';
import { contentRules } from './content-rules.ts';
import type { Finding } from './finding.ts';
import type { RequestRule } from './rule.ts';

/** Whether there is such a hub. */
const hubNameRule: RequestRule = {
  id: 'hub-name',
  judge: 'notification-hubs',
  severity: 'error',
  status: 404,
  document: 'Azure Notification Hubs REST API: Direct send',
  demand: 'The first part of the path is a hub of the namespace',
  check: ({ hub, hubInPath }) =>
    hub === undefined ? [`There is no notification hub "${hubInPath}" in this namespace.`] : [],
};

/** Who may call: the token, its signature, time and resource. */
const sasRules: readonly RequestRule[] = [
  sasRule('hub-sas-token', 'The `Authorization` header is a `SharedAccessSignature`'),
  sasRule('hub-sas-signature', 'It is signed with a key that the namespace or hub knows'),
  sasRule('hub-sas-expiry', 'Its `se` is later than now'),
  sasRule('hub-sas-audience', 'Its `sr` is the namespace, the hub, or a longer beginning of the URL'),
];

const common = {
  judge: 'notification-hubs',
  severity: 'error',
  document: 'Azure Notification Hubs REST API: Direct send',
} as const;

/** What for: the path, the right to send, and the query. */
const pathRules: readonly RequestRule[] = [
  {
    ...common,
    id: 'hub-path',
    status: 404,
    demand: 'A push is a `POST` to `/{hub}/messages/` or `/{hub}/messages/$batch`',
    check: ({ method, resource, item, deeper, batch }) =>
      method === 'POST' && resource === 'messages' && !deeper && (item === '' || batch)
        ? []
        : ['There is nothing at this path.'],
  },
  {
    ...common,
    id: 'hub-sas-rights',
    status: 401,
    document: 'Azure Notification Hubs: Notification Hubs security',
    demand: 'The key that signed the token has the right Send',
    check: ({ sas, rights }) => {
      if (sas.kind === 'invalid' || rights.includes('Send')) return [];
      return [
        `MissingClaim: the key "${sas.keyName}" may ${rights.join(' and ') || 'nothing'}; Send is needed.`,
      ];
    },
  },
  {
    ...common,
    id: 'hub-direct',
    status: 400,
    demand: 'The query has the parameter `direct`; without it the push is not for the device of the handle',
    check: ({ direct }) =>
      direct ? [] : ['Only Direct Send is emulated: the query must have the parameter "direct".'],
  },
];

/** What Notification Hubs checks in every request, then in a push, in this order; the first breach is the answer. */
export const requestRules: { readonly any: readonly RequestRule[]; readonly push: readonly RequestRule[] } = {
  any: [...sasRules, hubNameRule],
  push: [...pathRules, ...contentRules],
};

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

/** Why Notification Hubs, or the emulator, refuses a request. */
interface Refusal {
  readonly status: number;
  readonly detail: string;
  /** The rule it breaks; none when the emulator itself is the reason. */
  readonly finding?: Finding;
}

/** The first reason to refuse a request; undefined for a push that Notification Hubs takes. Pure. */
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
    return { status: 501, detail: 'The emulator keeps no feedback of push services.' };
  }
  if (resource === 'messages' && !deeper) {
    return { status: 404, detail: 'The emulator keeps no telemetry of notifications.' };
  }
  return undefined;
}
