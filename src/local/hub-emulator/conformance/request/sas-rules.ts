import type { SasRule } from '../../check-sas-token.ts';
import type { HubCall } from './hub-call.ts';
import type { RequestRule } from './request-rule.ts';

const sasDocument = 'Azure Service Bus: Service Bus access control with Shared Access Signatures';

const breaks = (rule: SasRule, { sas }: HubCall): readonly string[] =>
  sas.kind === 'invalid' && sas.rule === rule ? [sas.detail] : [];

const sasRule = (id: SasRule, demand: string): RequestRule => ({
  id,
  judge: 'notification-hubs',
  severity: 'error',
  status: 401,
  document: sasDocument,
  demand,
  check: (call) => breaks(id, call),
});

/** Who may call: the token, its signature, time and resource. */
export const sasRules: readonly RequestRule[] = [
  sasRule('hub-sas-token', 'The `Authorization` header is a `SharedAccessSignature`'),
  sasRule('hub-sas-signature', 'It is signed with a key that the namespace or hub knows'),
  sasRule('hub-sas-expiry', 'Its `se` is later than now'),
  sasRule('hub-sas-audience', 'Its `sr` is the namespace, the hub, or a longer beginning of the URL'),
];
