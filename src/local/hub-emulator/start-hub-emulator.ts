import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listen, readBody } from '../http-server.ts';
import { answerHubRequest } from './answer-hub-request.ts';
import { createFaultSwitch, type FaultSource, type FaultSwitch, type HubFault } from './faults.ts';
import { hubError, sendFault, sendHubAnswer } from './hub-answer.ts';
import type { HubRequest } from './hub-call.ts';
import type { HubEmulatorOptions } from './hub-emulator-options.ts';
import type { HubRecord, ReceivedPush } from './hub-record.ts';
import { createLog, type Log, type LogView } from './log.ts';
import { createPhones, type PhoneStore, type Phones } from './phones/phones.ts';
import { formatFindingLine, formatPushLine } from './push-line.ts';

/** A running hub emulator. */
export interface HubEmulator {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** The accepted pushes, including those with a planned fault. */
  readonly pushes: LogView<ReceivedPush>;
  /** Every request to the hub, including the rejected ones. */
  readonly records: LogView<HubRecord>;
  readonly phones: Phones;
  readonly faults: FaultSwitch;
  readonly stop: () => Promise<void>;
}

/**
 * Emulates a Notification Hubs namespace on 127.0.0.1: Direct Send with all checks of the service, SAS included,
 * and the findings of APNs and FCM v1 for each push. It keeps and prints the pushes and sends nothing on.
 *
 * @throws RelayError `PORT_IN_USE`.
 */
export async function startHubEmulator(options: HubEmulatorOptions): Promise<HubEmulator> {
  const pushes = createLog<ReceivedPush>(options.capacity ?? 1000);
  const records = createLog<HubRecord>(options.capacity ?? 1000);
  const phones = createPhones(options.clock);
  const faults = createFaultSwitch();
  const parts = { options, pushes, records, phones, faults };
  const server = createServer((request, response) => {
    handle(parts, request, response).catch(() => response.destroy());
  });
  const port = await listen(server, {
    port: options.port,
    setting: 'INSPECTOR_PORT',
    what: 'the hub emulator',
  });
  const stop = () => closeServer(server);
  return { url: `http://127.0.0.1:${port}`, port, pushes, records, phones, faults, stop };
}

interface Parts {
  readonly options: HubEmulatorOptions;
  readonly pushes: Log<ReceivedPush>;
  readonly records: Log<HubRecord>;
  readonly phones: PhoneStore;
  readonly faults: FaultSource;
}

async function handle(parts: Parts, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { options, phones, records } = parts;
  if (!isHubPath(options.hubs, incoming) && (await options.serve?.(incoming, response))) return;
  const nowMs = options.clock();
  const request = await readRequest(incoming);
  if (!URL.canParse(request.url)) return sendHubAnswer(response, hubError(400, 'The URL is invalid.'));
  const result = answerHubRequest({ ...options, phoneOf: phones.get }, request, nowMs);
  if (result.kind === 'push') return takePush(parts, response, result);
  const { status, detail, trackingId } = result.request;
  const time = new Date(nowMs).toISOString().slice(11, 23);
  options.print?.(
    `${time}  hub refused ${request.method} ${new URL(request.url).pathname}: ${status} ${detail}`,
  );
  records.add({ kind: 'refused', request: result.request });
  sendHubAnswer(response, result.answer, trackingId);
}

async function takePush(
  { options, pushes, records, phones, faults }: Parts,
  response: ServerResponse,
  { push, answer }: Extract<ReturnType<typeof answerHubRequest>, { kind: 'push' }>,
): Promise<void> {
  const fault = options.respond?.(push) ?? faults.take();
  const seen = fault === undefined ? push : { ...push, fault, status: statusOf(fault) };
  options.print?.(formatPushLine(seen));
  for (const finding of seen.findings) options.print?.(formatFindingLine(finding));
  pushes.add(seen);
  records.add({ kind: 'push', push: seen });
  if (fault?.delayMs !== undefined) await options.wait(fault.delayMs);
  if (isTaken(fault)) phones.receive(seen);
  if (fault === undefined) sendHubAnswer(response, answer, push.trackingId);
  else sendFault(response, fault, answer, push.trackingId);
}

/** With a reset or half an answer the hub has accepted the push; with an error or no answer it has not. */
function isTaken(fault: HubFault | undefined) {
  return fault?.answer === undefined || fault.answer === 'reset' || fault.answer === 'half-answer';
}

function statusOf({ answer }: HubFault): number {
  if (answer === undefined) return 201;
  return typeof answer === 'object' ? answer.status : 0;
}

function isHubPath(hubs: HubEmulatorOptions['hubs'], { url = '/' }: IncomingMessage): boolean {
  const [, first = ''] = url.split(/[/?#]/);
  return hubs.some((hub) => hub.toLowerCase() === first.toLowerCase());
}

/** Source: "Direct send" in the Azure Notification Hubs REST reference (413 above 64 KB). */
const maxRequestBytes = 65_536;

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
