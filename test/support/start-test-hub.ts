import { onTestFinished } from 'vitest';
import type { HubEmulatorOptions } from '../../src/local/hub-emulator/hub-emulator-options.ts';
import { type HubEmulator, startHubEmulator } from '../../src/local/hub-emulator/start-hub-emulator.ts';
import { sasToken } from './sas-token.ts';

/** A hub emulator on a free port, with the hubs `relay` and `relay-voip`, one key, and the clock at 2026-11-22T09:00:00Z. */
export interface TestHub extends HubEmulator {
  /** Sends a Direct Send that is good but for what the test changes; a header set to undefined is left out. */
  readonly send: (change?: {
    readonly path?: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string | undefined>>;
    readonly body?: string;
  }) => Promise<Response>;
}

/** Starts a {@link TestHub} that ends with the test. */
export async function startTestHub(options: Partial<HubEmulatorOptions> = {}): Promise<TestHub> {
  const hub = await startHubEmulator({
    port: 0,
    hubs: ['relay', 'relay-voip'],
    keys: { Sender: 'test-key=' },
    clock: () => 1_795_338_000_000,
    wait: () => Promise.resolve(),
    ...options,
  });
  onTestFinished(hub.stop);
  return {
    ...hub,
    send: ({ path = '/relay/messages/?direct&api-version=2015-04', method = 'POST', headers, body } = {}) => {
      const all = new Headers();
      const given = {
        authorization: sasToken(`${hub.url}/relay`, 'test-key=', 'Sender', 1_795_338_060),
        'content-type': 'application/json;charset=utf-8',
        'servicebusnotification-format': 'apple',
        'servicebusnotification-devicehandle':
          '00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0',
        'apns-push-type': 'alert',
        ...headers,
      };
      for (const [name, value] of Object.entries(given)) if (value !== undefined) all.set(name, value);
      const payload = method === 'GET' ? {} : { body: body ?? '{"aps":{"alert":"hi"}}' };
      return fetch(`${hub.url}${path}`, { method, headers: all, ...payload });
    },
  };
}
