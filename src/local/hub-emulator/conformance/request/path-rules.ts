import type { RequestRule } from './request-rule.ts';

const common = {
  judge: 'notification-hubs',
  severity: 'error',
  document: 'Azure Notification Hubs REST API: Direct send',
} as const;

/** What for: the path, the right to send, and the query. */
export const pathRules: readonly RequestRule[] = [
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
