import { parseJson } from '../../shared/json.ts';
import type { HubEmulatorOptions, HubKey, HubRight } from './hub-emulator-options.ts';
import { checkSasToken, type SasResult } from './sas-token.ts';

/** A complete request to the hub. */
export interface HubRequest {
  readonly method: string;
  /** Absolute URL. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when it exceeded the limit of the hub. */
  readonly body: string | undefined;
}

/** A parsed request to the hub; missing parts are undefined. */
export interface HubCall {
  readonly method: string;
  readonly sas: SasResult;
  /** Rights of the signing key; empty when the token is invalid. */
  readonly rights: readonly HubRight[];
  /** First part of the path. */
  readonly hubInPath: string;
  /** The exact name of the hub; undefined when it does not exist. */
  readonly hub: string | undefined;
  /** Second part of the path in lower case. */
  readonly resource: string;
  /** Third part of the path in lower case. */
  readonly item: string;
  /** The path has more than three parts. */
  readonly deeper: boolean;
  readonly direct: boolean;
  readonly apiVersion: string;
  /** Header `ServiceBusNotification-Format` in lower case. */
  readonly format: string | undefined;
  readonly contentType: string;
  /** False when the body exceeded the limit of the hub. */
  readonly fits: boolean;
  /** The handle of the header; undefined when there is none. */
  readonly deviceHandles: readonly string[] | undefined;
  /** The payload's text: the body, or the part `notification`. */
  readonly payload: unknown;
}

/** Parses a request. Its URL must be valid. */
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
  const handle = request.headers['servicebusnotification-devicehandle'] ?? '';
  return {
    method: request.method,
    sas,
    rights: keys.find(([name]) => name === keyName)?.[1].rights ?? [],
    hubInPath,
    hub: settings.hubs.find((name) => name.toLowerCase() === hubInPath.toLowerCase()),
    resource: resource.toLowerCase(),
    item: item.toLowerCase(),
    deeper: rest.length > 0,
    direct: url.searchParams.has('direct'),
    apiVersion: url.searchParams.get('api-version') ?? '',
    format: request.headers['servicebusnotification-format']?.toLowerCase(),
    contentType: request.headers['content-type'] ?? '',
    fits: request.body !== undefined,
    deviceHandles: handle === '' ? undefined : [handle],
    payload: parseJson(request.body ?? ''),
  };
}

function asHubKey(key: string | HubKey): HubKey {
  return typeof key === 'string' ? { key, rights: ['Listen', 'Send', 'Manage'] } : key;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
