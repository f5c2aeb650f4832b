import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { startAzurite } from '../../../src/local/start-azurite.ts';
import { createAzureTableStore } from '../../../src/storage/azure-table-store.ts';
import { createAzureBlobStore } from '../../../src/storage/blobs.ts';

const modulePath = fileURLToPath(new URL('../../../src/local/start-azurite.ts', import.meta.url));

function tablePort(connectionString: string): number {
  return Number(/TableEndpoint=http:\/\/127\.0\.0\.1:(\d+)\//.exec(connectionString)?.[1]);
}

async function listens(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}

describe('startAzurite', () => {
  it('keeps data in a folder over a restart, and frees its ports when stopped', async () => {
    const location = await mkdtemp(join(tmpdir(), 'azurite-'));
    try {
      const first = await startAzurite({ location });
      const settings = { kind: 'connection-string', connectionString: first.connectionString } as const;
      await createAzureTableStore(settings, 'kept').put('p', 'r', { n: 1 });
      await createAzureBlobStore(settings, 'kept').put('b', 'text');
      await first.stop();
      await first.stop();
      expect(await listens(tablePort(first.connectionString))).toBe(false);

      const second = await startAzurite({ location, tablePort: tablePort(first.connectionString) });
      expect(tablePort(second.connectionString)).toBe(tablePort(first.connectionString));
      const again = { kind: 'connection-string', connectionString: second.connectionString } as const;
      expect(await createAzureTableStore(again, 'kept').get('p', 'r')).toMatchObject({ cells: { n: 1 } });
      expect(await createAzureBlobStore(again, 'kept').get('b')).toBe('text');
      await second.stop();
    } finally {
      await rm(location, { recursive: true, force: true });
    }
  }, 60_000);

  it('reports the busy port in one sentence', async () => {
    const port = tablePort(inject('azurite'));
    await expect(startAzurite({ tablePort: port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Azurite cannot listen on 127.0.0.1:${port}: another program uses that port. Stop it, or choose another port.`,
    });
  }, 60_000);

  it('gives up when it is not ready in time', async () => {
    await expect(startAzurite({ startTimeoutMs: 1 })).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'Azurite did not start: not ready within 1 ms',
    });
  });

  it('reports the output of Azurite when it exits immediately', async () => {
    await expect(startAzurite({ location: '/dev/null/no-folder' })).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringMatching(/^Azurite did not start: Exit due to unhandled error/),
    });
  }, 60_000);

  it('ends with the process that started it, even when that is killed', async () => {
    const script = `const { startAzurite } = await import(${JSON.stringify(modulePath)});
      const azurite = await startAzurite(); console.log(azurite.connectionString);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [chunk] = await once(parent.stdout, 'data');
    const port = tablePort(String(chunk));
    expect(await listens(port)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expect.poll(() => listens(port), { timeout: 15_000, interval: 20 }).toBe(false);
  }, 60_000);
});
