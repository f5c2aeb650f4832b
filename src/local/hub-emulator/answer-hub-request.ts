import { randomUUID } from 'node:crypto';
import { checkSasToken } from './check-sas-token.ts';
import { type HubAnswer, hubError } from './hub-answer.ts';
import type { HubEmulatorOptions } from './hub-emulator-options.ts';
import { readPush } from './read-push.ts';
import type { ReceivedPush } from './received-push.ts';

/** A request to the hub, read to its end. */
export interface HubRequest {
  readonly method: string;
  /** Absolute URL. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when it was longer than the hub takes. */
  readonly body: string | undefined;
}

/** An answer, and the push when there was a good one. */
export interface HubResult {
  readonly answer: HubAnswer;
  readonly push?: ReceivedPush;
}

type HubSettings = Pick<HubEmulatorOptions, 'hubs' | 'keys'>;

const refuse = (status: number, detail: string): HubResult => ({ answer: hubError(status, detail) });

/** Decides about a request: SAS, hub, path, size, headers, payload, in this order. Pure but for random ids. */
export function answerHubRequest(settings: HubSettings, request: HubRequest, nowMs: number): HubResult {
  const url = new URL(request.url);
  const sas = checkSasToken(request.headers['authorization'], {
    keys: settings.keys,
    requestUrl: request.url,
    nowMs,
  });
  if (sas.kind === 'invalid') return refuse(401, sas.detail);

  const [hubInPath = '', resource = '', item, ...rest] = decodeURIComponent(url.pathname).split('/').slice(1);
  const hub = settings.hubs.find((name) => name.toLowerCase() === hubInPath.toLowerCase());
  if (hub === undefined) return refuse(404, `There is no notification hub "${hubInPath}" in this namespace.`);
  if (request.method === 'GET' && resource.toLowerCase() === 'feedbackcontainer') {
    return refuse(501, 'The emulator keeps no feedback of push services.');
  }
  if (resource.toLowerCase() !== 'messages' || rest.length > 0)
    return refuse(404, 'There is nothing at this path.');
  if (request.method === 'GET') return refuse(404, 'The emulator keeps no telemetry of notifications.');

  const batch = item?.toLowerCase() === '$batch';
  if (request.method !== 'POST' || (item !== undefined && item !== '' && !batch)) {
    return refuse(404, 'There is nothing at this path.');
  }
  if (!url.searchParams.has('direct')) {
    return refuse(400, 'Only Direct Send is emulated: the query must have the parameter "direct".');
  }
  if (request.body === undefined) return refuse(413, 'The request is larger than 64 KB.');
  const read = readPush({ headers: request.headers, batch, body: request.body });
  if (read.kind === 'bad-request') return refuse(400, read.detail);

  const { authorization: _secret, ...headers } = request.headers;
  const push: ReceivedPush = {
    ...read.push,
    id: randomUUID(),
    receivedAtMs: nowMs,
    hub,
    batch,
    headers,
    apiVersion: url.searchParams.get('api-version') ?? '',
    keyName: sas.keyName,
    bodyBytes: Buffer.byteLength(read.push.body),
  };
  const location = `${url.origin}/${hub}/messages/${push.id}?api-version=${push.apiVersion}`;
  return { push, answer: { status: 201, headers: { location }, body: '' } };
}
