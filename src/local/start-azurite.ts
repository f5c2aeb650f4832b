import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { RelayError } from '../errors/errors.ts';

/** A port that is absent is chosen by the system. */
interface AzuriteOptions {
  readonly blobPort?: number;
  readonly queuePort?: number;
  readonly tablePort?: number;
  /** Folder to keep data in. Absent: everything stays in memory and is gone after `stop`. */
  readonly location?: string;
  /**
   * PEM files for TLS. With TLS, Azurite also accepts a bearer token, of which it checks only times, issuer and audience.
   * Absent: plain HTTP.
   */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** How long the start may take, in milliseconds. Default 60,000. */
  readonly startTimeoutMs?: number;
}

/** A running Azurite. */
export interface Azurite {
  /** For blobs, queues and tables, with Azurite's public development account. */
  readonly connectionString: string;
  /** Ends the process and waits for its exit. Safe to call again. */
  readonly stop: () => Promise<void>;
}

const services = ['Blob', 'Queue', 'Table'] as const;
const accountName = 'devstoreaccount1';
// Azurite's published development key; it opens nothing but an emulator.
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
// Azurite outlives a killed parent unless it watches its IPC channel; the channel must not keep it alive.
const endWithParent =
  'data:text/javascript,process.on("disconnect",()=>process.exit());process.channel.unref()';

/**
 * Starts a real Azurite (dev dependency `azurite`) on 127.0.0.1 with the running Node and resolves once all its services
 * listen. It ends with `stop`, or with the process that started it, even if that process is killed.
 *
 * @throws RelayError `PORT_IN_USE` for a busy port, `INTERNAL` when it does not start for another reason.
 */
export async function startAzurite(options: AzuriteOptions = {}): Promise<Azurite> {
  const child = spawn(
    process.execPath,
    ['--import', endWithParent, azuriteMain(), ...azuriteArguments(options)],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const stop = (): Promise<void> => stopChild(child, options.location === undefined);
  try {
    const endpoints = await readEndpoints(child, options.startTimeoutMs ?? 60_000);
    const parts = services.map((service) => `${service}Endpoint=${endpoints.get(service)}/${accountName};`);
    return {
      connectionString: `DefaultEndpointsProtocol=${options.tls === undefined ? 'http' : 'https'};AccountName=${accountName};AccountKey=${accountKey};${parts.join('')}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function azuriteMain(): string {
  return createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
}

function azuriteArguments(options: AzuriteOptions): string[] {
  const ports = services.flatMap((service) => {
    const name = service.toLowerCase();
    const port = { Blob: options.blobPort, Queue: options.queuePort, Table: options.tablePort }[service];
    // Port 0 lets the system choose, so that two starts can never choose the same one.
    return [`--${name}Host`, '127.0.0.1', `--${name}Port`, String(port ?? 0)];
  });
  const data = options.location === undefined ? ['--inMemoryPersistence'] : ['--location', options.location];
  const { tls } = options;
  const secure = tls === undefined ? [] : ['--oauth', 'basic', '--cert', tls.certFile, '--key', tls.keyFile];
  return [...ports, ...data, ...secure, '--silent', '--skipApiVersionCheck', '--disableTelemetry'];
}

function readEndpoints(child: ChildProcess, timeoutMs: number): Promise<ReadonlyMap<string, string>> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, string>>();
  const endpoints = new Map<string, string>();
  let output = '';
  // Keep reading both pipes: a full pipe would block Azurite.
  const onText = (chunk: unknown): void => {
    if (endpoints.size === services.length) return;
    output += String(chunk);
    for (const [, service, url] of output.matchAll(
      /Azurite (\w+) service is successfully listening at (\S+)\r?\n/g,
    )) {
      if (service !== undefined && url !== undefined) endpoints.set(service, url);
    }
    if (endpoints.size === services.length) resolve(endpoints);
  };
  child.stdout?.on('data', onText);
  child.stderr?.on('data', onText);
  child.once('error', (error) => reject(startFailure(String(error))));
  child.once('exit', () => reject(startFailure(output)));
  const timer = setTimeout(() => reject(startFailure(`not ready within ${timeoutMs} ms`)), timeoutMs);
  return promise.finally(() => clearTimeout(timer));
}

function startFailure(output: string): RelayError {
  const busyPort = /EADDRINUSE.*?(\d[\d.]*:\d+)/.exec(output)?.[1];
  if (busyPort === undefined) {
    const lastLine = output.trim().split('\n').at(-1) ?? '';
    return new RelayError({
      code: 'INTERNAL',
      class: 'internal',
      message: `Azurite did not start: ${lastLine}`,
    });
  }
  return new RelayError({
    code: 'PORT_IN_USE',
    class: 'user',
    message: `Azurite cannot listen on ${busyPort}: another program uses that port. Stop it, or choose another port.`,
  });
}

const stopGraceMs = 5_000;

async function stopChild(child: ChildProcess, nothingToSave: boolean): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  // Azurite waits for its last client before it exits; in-memory data is not worth the wait.
  child.kill(nothingToSave ? 'SIGKILL' : 'SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  await exited;
  clearTimeout(timer);
}
