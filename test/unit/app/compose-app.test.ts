import { afterEach, expect, it, vi } from 'vitest';
import { getApp } from '../../../src/app/compose-app.ts';

const logged: string[] = [];
const sink = {
  debug: () => {},
  info: () => {},
  warn: (...texts: unknown[]) => logged.push(texts.join(' ')),
  error: (...texts: unknown[]) => logged.push(texts.join(' ')),
};

afterEach(() => {
  vi.unstubAllEnvs();
});

it('getApp composes the app again after a failure that was not CONFIG_INVALID', async () => {
  vi.stubEnv('RELAY_STORAGE', 'UseDevelopmentStorage=true');
  const hub = (host: string) =>
    `Endpoint=sb://${host}/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=aW52ZW50ZWQ=`;
  vi.stubEnv('HUB_TRANSPORT', 'azure-sb');
  vi.stubEnv('NOTIFICATION_HUB_CONNECTION_STRING', hub('intranet'));
  vi.stubEnv('NOTIFICATION_HUB_NAME', 'calls');
  await expect(getApp(sink)).rejects.toMatchObject({ code: 'HUB_CONNECTION_STRING_INVALID' });
  expect(logged).toHaveLength(1);
  vi.stubEnv('NOTIFICATION_HUB_CONNECTION_STRING', hub('contoso.servicebus.windows.net'));
  const app = await getApp(sink);
  expect(await getApp(sink)).toBe(app);
  await app.close();
});
