import type { RequestRule } from './request-rule.ts';

/** Whether there is such a hub. */
export const hubNameRule: RequestRule = {
  id: 'hub-name',
  judge: 'notification-hubs',
  severity: 'error',
  status: 404,
  document: 'Azure Notification Hubs REST API: Direct send',
  demand: 'The first part of the path is a hub of the namespace',
  check: ({ hub, hubInPath }) =>
    hub === undefined ? [`There is no notification hub "${hubInPath}" in this namespace.`] : [],
};
