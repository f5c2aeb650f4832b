import { afterEach, expect, it, vi } from 'vitest';
import { getApp } from '../../../src/app/compose-app.ts';

const told: string[] = [];
const sink = {
  warn: (...texts: unknown[]) => told.push(texts.join(' ')),
  error: (...texts: unknown[]) => told.push(texts.join(' ')),
};

afterEach(() => {
  vi.unstubAllEnvs();
});

it('an app that could not be put together once is put together with the next event', async () => {
  vi.stubEnv('RELAY_STORAGE', 'UseDevelopmentStorage=true');
  const hub = (host: string) =>
    `Endpoint=sb://${host}/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=aW52ZW50ZWQ=`;
  vi.stubEnv('HUB_TRANSPORT', 'azure-sb');
  vi.stubEnv('NOTIFICATION_HUB_CONNECTION_STRING', hub('intranet'));
  vi.stubEnv('NOTIFICATION_HUB_NAME', 'calls');
  await expect(getApp(sink)).rejects.toMatchObject({ code: 'HUB_CONNECTION_STRING_INVALID' });
  expect(told).toHaveLength(1);
  vi.stubEnv('NOTIFICATION_HUB_CONNECTION_STRING', hub('contoso.servicebus.windows.net'));
  const app = await getApp(sink);
  expect(await getApp(sink)).toBe(app);
  await app.close();
});
