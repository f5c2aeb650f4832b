import * as z from 'zod';
import { parseJson } from '../../../parse-json.ts';
import { checkSasToken } from '../../check-sas-token.ts';
import type { HubEmulatorOptions } from '../../hub-emulator-options.ts';
import type { HubKey } from '../../hub-key.ts';
import type { HubRequest } from '../../hub-request.ts';
import { parseMultipart } from '../../parse-multipart.ts';
import type { HubCall } from './hub-call.ts';

const handlesSchema = z.array(z.string().min(1)).min(1).max(1000);

/** Takes a request apart. Its URL must be one that can be parsed. */
export function readHubCall(
  settings: Pick<HubEmulatorOptions, 'hubs' | 'keys'>,
  request: HubRequest,
  nowMs: number,
): HubCall {
  const url = new URL(request.url);
  const keys = Object.entries(settings.keys).map(([name, key]) => [name, asHubKey(key)] as const);
  const sas = checkSasToken(request.headers['authorization'], {
    keys: Object.fromEntries(keys.map(([name, { key }]) => [name, key])),
    requestUrl: request.url,
    nowMs,
  });
  const keyName = sas.kind === 'valid' ? sas.keyName : undefined;
  const [hubInPath = '', resource = '', item = '', ...rest] = decode(url.pathname).split('/').slice(1);
  const batch = item.toLowerCase() === '$batch';
  const content = batch ? readBatch(request) : readSingle(request);
  return {
    method: request.method,
    sas,
    rights: keys.find(([name]) => name === keyName)?.[1].rights ?? [],
    hubInPath,
    hub: settings.hubs.find((name) => name.toLowerCase() === hubInPath.toLowerCase()),
    resource: resource.toLowerCase(),
    item: item.toLowerCase(),
    deeper: rest.length > 0,
    batch,
    direct: url.searchParams.has('direct'),
    apiVersion: url.searchParams.get('api-version') ?? '',
    format: request.headers['servicebusnotification-format']?.toLowerCase(),
    contentType: request.headers['content-type'] ?? '',
    fits: request.body !== undefined,
    ...content,
    payload: parseJson(content.payloadText ?? ''),
  };
}

type Content = Pick<HubCall, 'deviceHandles' | 'payloadText'>;

function readSingle({ headers, body }: HubRequest): Content {
  const handle = headers['servicebusnotification-devicehandle'] ?? '';
  return { deviceHandles: handle === '' ? undefined : [handle], payloadText: body };
}

function readBatch({ headers, body }: HubRequest): Content {
  const parts = parseMultipart(headers['content-type'] ?? '', body ?? '');
  const devices = parseJson(parts?.get('devices') ?? '');
  const handles = handlesSchema.safeParse(devices.kind === 'json' ? devices.value : undefined);
  return { deviceHandles: handles.data, payloadText: parts?.get('notification') };
}

const asHubKey = (key: string | HubKey): HubKey =>
  typeof key === 'string' ? { key, rights: ['Listen', 'Send', 'Manage'] } : key;

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
