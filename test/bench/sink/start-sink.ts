import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** A separate process that accepts pushes over TLS. */
export interface Sink {
  /** `https://127.0.0.1:…` */
  readonly endpoint: string;
  /** The certificate to trust, PEM. */
  readonly ca: string;
  /** Number of requests so far. */
  readonly requests: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

const reply = z.object({ port: z.number(), requests: z.number() });

/** Starts the hub of the benchmarks on a free port. */
export async function startSink(): Promise<Sink> {
  const child = fork(new URL('main.ts', import.meta.url), { execArgv: [] });
  const nextReply = async () => {
    const [message] = await once(child, 'message');
    return reply.parse(message);
  };
  const { port } = await nextReply();
  return {
    endpoint: `https://127.0.0.1:${port}`,
    ca: readFileSync(new URL('../../support/tls/test-server.cert.pem', import.meta.url), 'utf8'),
    requests: async () => {
      const answer = nextReply();
      child.send('count');
      return (await answer).requests;
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
