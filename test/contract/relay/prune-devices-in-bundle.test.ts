import { randomUUID } from 'node:crypto';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { startFunctionsHost } from '../../../src/local/functions-host/start-functions-host.ts';
import { buildApp } from '../../support/build-app.ts';
import { feedbackDocument } from '../notification-hubs/feedback/feedback-document.ts';
import { openFeedbackContainer } from '../notification-hubs/feedback/open-feedback-container.ts';
import { startFeedbackHub } from '../notification-hubs/feedback/start-feedback-hub.ts';

it('prunes from the built bundle, run by the local host', async () => {
  const app = buildApp();
  onTestFinished(app.remove);
  const container = await openFeedbackContainer();
  const feedback = await startFeedbackHub({ relay: { status: 200, body: container.url } }, Date.now());
  const { endpoint, keyName, key } = feedback.hub().connection;
  const lines: string[] = [];
  const host = await startFunctionsHost({
    appRoot: app.root,
    port: 0,
    settings: {
      FUNCTIONS_WORKER_RUNTIME: 'node',
      AzureWebJobsStorage: inject('azurite'),
      NOTIFICATION_HUB_CONNECTION_STRING: `Endpoint=${endpoint}/;SharedAccessKeyName=${keyName};SharedAccessKey=${key}`,
      NOTIFICATION_HUB_NAME: 'relay',
    },
    clock: () => Date.now(),
    startTimer: () => () => undefined,
    print: (line) => lines.push(line),
  });
  onTestFinished(host.stop);

  const devices = `${host.url}/api/users/${encodeURIComponent(`8:acs:${randomUUID()}_prune`)}/devices`;
  const handle = randomUUID().replaceAll('-', '').repeat(2);
  const put = await fetch(`${devices}/phone`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ platform: 'apns', handle }),
  });
  expect(put.status).toBe(201);
  const now = new Date(Date.now() + 1).toISOString();
  const [year = '', month = '', day = ''] = now.slice(0, 10).split('-');
  await container.put(`${month}${day}${year}`, feedbackDocument({ handle, time: now }));

  const run = await fetch(`${host.url}/admin/functions/pruneDevices`, { method: 'POST' });
  expect(run.status).toBe(202);
  const line = await vi.waitFor(
    () => {
      const found = lines.find((text) => text.includes('"event":"prune"'));
      expect(found).toBeDefined();
      return found ?? '';
    },
    { timeout: 15_000 },
  );
  expect(line).toContain('"hub":"alert","outcome":"pruned","read":1,"skipped":0,"dead":1,"removed":1');
  expect(line).not.toContain(handle);
  expect((await fetch(`${devices}/phone`)).status).toBe(404);
}, 60_000);
