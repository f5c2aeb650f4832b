import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { createHealth } from '../http/health.ts';
import { getApp } from './get-app.ts';
import type { Invocation } from './start-attempt.ts';

/** What the `health` Function does: are the settings right, and does storage answer? */
export function handleHealth(request: HttpRequest, invocation: Invocation): Promise<HttpResponseInit> {
  const health = createHealth({
    checks: [
      {
        name: 'settings',
        check: async () => {
          await getApp(invocation);
        },
      },
      {
        name: 'storage',
        check: async () => {
          const { tables } = await getApp(invocation);
          await tables.listTables('devices');
        },
      },
    ],
  });
  return health(request);
}
