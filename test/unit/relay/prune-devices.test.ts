import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { pruneDevices } from '../../../src/app/prune-devices.ts';

it('asks every hub in turn, says what each refused, and prunes nobody', async () => {
  const asked: string[] = [];
  const statuses: Record<string, number> = { a: 501, b: 429, c: 500, d: 401 };
  const server = createServer((request, response) => {
    const hub = request.url?.split('/')[1] ?? '';
    asked.push(hub);
    response.writeHead(statuses[hub] ?? 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address());
  const hub = (hubName: string) => ({
    connection: { endpoint: `http://127.0.0.1:${port}`, keyName: 'n', key: 'k' },
    hubName,
  });
  const lines: unknown[] = [];
  const pruned: string[] = [];
  const run = (config: Parameters<typeof pruneDevices>[0]['config']) =>
    pruneDevices({
      config,
      prune: async (handle) => {
        pruned.push(handle);
        return { kind: 'kept' };
      },
      clock: () => 1_795_338_000_000,
      log: (level, event, fields) => lines.push([level, event, fields?.['hub'], fields?.['outcome']]),
      budgetMs: 20_000,
    });
  try {
    await run({
      alertHub: { primary: hub('a'), secondary: hub('b') },
      voipHub: { primary: hub('c'), secondary: hub('d') },
    });
    await run({ alertHub: { primary: hub('a') } });
  } finally {
    server.close();
  }
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'a']);
  expect(lines).toEqual([
    ['info', 'prune', 'alert', 'not-offered'],
    ['warn', 'prune', 'alert-secondary', 'throttled'],
    ['warn', 'prune', 'voip', 'unavailable'],
    ['error', 'prune', 'voip-secondary', 'misconfigured'],
    ['info', 'prune', 'alert', 'not-offered'],
  ]);
  expect(pruned).toEqual([]);
});
