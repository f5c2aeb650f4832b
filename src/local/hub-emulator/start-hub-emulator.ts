import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer } from '../close-server.ts';
import { listen } from '../listen.ts';
import { readBody } from '../read-body.ts';
import { answerHubRequest, type HubRequest } from './answer-hub-request.ts';
import { formatPushLine } from './format-push-line.ts';
import { hubError } from './hub-answer.ts';
import type { HubEmulatorOptions } from './hub-emulator-options.ts';
import { createPushLog, type PushLog } from './push-log.ts';
import { sendFault, sendHubAnswer } from './send-hub-answer.ts';

/** A running hub emulator. */
export interface HubEmulator {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly pushes: Omit<PushLog, 'add'>;
  readonly stop: () => Promise<void>;
}

/** Source: "Direct send" in the Azure Notification Hubs REST reference (413 above 64 KB). */
const maxRequestBytes = 65_536;

/**
 * Starts a stand-in for a Notification Hubs namespace on 127.0.0.1: Direct Send and batch with everything the service
 * checks, SAS included. It pushes nothing anywhere; it remembers and prints.
 *
 * @throws RelayError `PORT_IN_USE`.
 */
export async function startHubEmulator(options: HubEmulatorOptions): Promise<HubEmulator> {
  const { add, ...pushes } = createPushLog(options.capacity ?? 1000);
  const server = createServer((request, response) => {
    handle(options, add, request, response).catch(() => response.destroy());
  });
  const port = await listen(server, {
    port: options.port,
    setting: 'INSPECTOR_PORT',
    what: 'the hub emulator',
  });
  return { url: `http://127.0.0.1:${port}`, port, pushes, stop: () => closeServer(server) };
}

async function handle(
  options: HubEmulatorOptions,
  add: PushLog['add'],
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const nowMs = options.clock();
  const request = await readRequest(incoming);
  if (!URL.canParse(request.url)) return sendHubAnswer(response, hubError(400, 'The URL cannot be read.'));
  const { push, answer } = answerHubRequest(options, request, nowMs);
  if (push === undefined) {
    const time = new Date(nowMs).toISOString().slice(11, 23);
    const detail = answer.body.replaceAll(/<Code>.*<\/Code>|<[^>]*>/g, '');
    options.print?.(
      `${time}  hub refused ${request.method} ${new URL(request.url).pathname}: ${answer.status} ${detail}`,
    );
    return sendHubAnswer(response, answer);
  }
  const fault = options.respond?.(push);
  const seen = fault === undefined ? push : { ...push, fault };
  options.print?.(formatPushLine(seen));
  add(seen);
  if (fault === undefined) return sendHubAnswer(response, answer);
  if (fault.delayMs !== undefined) await options.wait(fault.delayMs);
  sendFault(response, fault, answer);
}

async function readRequest(incoming: IncomingMessage): Promise<HubRequest> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value);
  const body = await readBody(incoming, maxRequestBytes);
  return {
    method: incoming.method ?? 'GET',
    url: `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`,
    headers,
    body: body?.toString(),
  };
}
