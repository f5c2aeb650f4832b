import { randomUUID } from 'node:crypto';
import type { HubConnection } from '../../config/hub-connection.ts';
import type { HubSettings } from '../../config/relay-config.ts';
import { createSasToken } from '../../notification-hubs/create-sas-token.ts';
import type { HubTransport, HubTransportResult } from '../../notification-hubs/hub-transport.ts';
import { createUndiciTransport } from '../../notification-hubs/transports/undici-transport.ts';
import type { Clock } from '../../shared/time.ts';
import { buildHubProbe } from './build-hub-probe.ts';
import type { HubProbe, ProbedHub } from './hub-probe.ts';
import { judgeHubAnswer } from './judge-hub-answer.ts';

const timeoutMs = 10_000;
const tokenMs = 5 * 60_000;

/**
 * Asks a hub whether it takes a key, with a token that was signed just now, and without sending anything to anyone. A
 * second request, signed with a key that is surely wrong, proves that the hub looked at the key: only what refuses the
 * one and not the other accepts a key.
 */
export async function probeHub({ connection, hubName }: HubSettings, clock: Clock): Promise<ProbedHub> {
  const transport = createUndiciTransport({ connection, maxConnections: 1 });
  try {
    const sentAtMs = clock();
    const answer = await send(transport, connection, hubName, sentAtMs);
    const receivedAtMs = clock();
    const dateMs = answer.kind === 'response' ? Date.parse(answer.headers['date'] ?? '') : Number.NaN;
    const reading = Number.isNaN(dateMs) ? {} : { clock: { sentAtMs, receivedAtMs, dateMs } };
    const probe = judgeHubAnswer(answer, [connection.key]);
    if (probe.kind !== 'accepted') return { probe, ...reading };
    const wrong = { ...connection, key: randomUUID() };
    const control = judgeHubAnswer(await send(transport, wrong, hubName, clock()), [wrong.key]);
    return { probe: compare(control), ...reading };
  } finally {
    await transport.close();
  }
}

function compare(control: HubProbe): HubProbe {
  switch (control.kind) {
    case 'key-refused':
      return { kind: 'accepted' };
    case 'accepted':
      return { kind: 'unclear', detail: 'it answers the same to a key that is surely wrong' };
    default:
      return {
        kind: 'unclear',
        detail: 'it took the key, and then did not say whether it would refuse another',
      };
  }
}

function send(
  transport: HubTransport,
  connection: HubConnection,
  hubName: string,
  nowMs: number,
): Promise<HubTransportResult> {
  const request = buildHubProbe(hubName);
  const authorization = createSasToken(connection, Math.floor((nowMs + tokenMs) / 1000));
  return transport.post({ ...request, headers: { ...request.headers, authorization } }, timeoutMs);
}
