import { describe, expect, it, onTestFinished } from 'vitest';
import { probeHub } from '../../../src/notification-hubs/probe.ts';
import { startTestHub } from '../../support/start-test-hub.ts';
import { startHubServer } from './support/start-hub-server.ts';

const at = (endpoint: string, key = 'test-key=') => ({
  connection: { endpoint, keyName: 'Sender', key },
  hubName: 'relay',
});

describe('probeHub', () => {
  it('accepts a key that the hub accepts, and leaves no push', async () => {
    const hub = await startTestHub({ clock: Date.now });
    const { probe, clock } = await probeHub(at(hub.url), Date.now);
    expect(probe).toEqual({ kind: 'accepted' });
    expect(clock?.dateMs).toBeGreaterThan(Date.UTC(2025, 0));
    expect(hub.pushes.list()).toEqual([]);
  });

  it('reports a key that the hub rejects', async () => {
    const hub = await startTestHub({ clock: Date.now });
    const { probe } = await probeHub(at(hub.url, 'other-key='), Date.now);
    expect(probe.kind).toBe('key-refused');
  });

  it('sends no request that a hub could turn into a push, whatever it checks', async () => {
    const hub = await startHubServer((response) => response.writeHead(400).end());
    onTestFinished(hub.close);
    await probeHub(at(hub.endpoint), Date.now);
    expect(hub.requests).toHaveLength(2);
    for (const { method, url, headers, body } of hub.requests) {
      expect([method, url, body]).toEqual(['POST', '/relay/messages/?direct&api-version=2015-04', '[]']);
      expect(headers['servicebusnotification-devicehandle']).toBeUndefined();
      expect(headers['servicebusnotification-format']).toBe('acs-relay-probe');
    }
    const [real, control] = hub.requests.map(({ headers }) => headers.authorization);
    expect(real).not.toBe(control);
  });

  it('sends one request when the first answer is conclusive', async () => {
    const hub = await startHubServer((response) => response.writeHead(404).end());
    onTestFinished(hub.close);
    expect((await probeHub(at(hub.endpoint), Date.now)).probe).toEqual({ kind: 'hub-missing' });
    expect(hub.requests).toHaveLength(1);
  });

  it('is unclear when the hub fails between the two requests', async () => {
    const hub = await startHubServer((response) =>
      response.writeHead(hub.requests.length === 1 ? 400 : 500).end(),
    );
    onTestFinished(hub.close);
    expect((await probeHub(at(hub.endpoint), Date.now)).probe).toEqual({
      kind: 'unclear',
      detail: 'it accepted the key, but did not show whether it would reject a wrong one',
    });
  });

  it('reads no clock from an answer without a date', async () => {
    const hub = await startHubServer((response) => {
      response.sendDate = false;
      response.writeHead(404).end();
    });
    onTestFinished(hub.close);
    expect(await probeHub(at(hub.endpoint), Date.now)).toEqual({ probe: { kind: 'hub-missing' } });
  });
});
