import * as z from 'zod';
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
  readonly batch: boolean;
  readonly direct: boolean;
  readonly apiVersion: string;
  /** Header `ServiceBusNotification-Format` in lower case. */
  readonly format: string | undefined;
  readonly contentType: string;
  /** False when the body exceeded the limit of the hub. */
  readonly fits: boolean;
  /** Handles of the header, or of the part `devices`; undefined where they cannot be read. */
  readonly deviceHandles: readonly string[] | undefined;
  /** The payload's text: the body, or the part `notification`. */
  readonly payloadText: string | undefined;
  readonly payload: unknown;
}

const handlesSchema = z.array(z.string().min(1)).min(1).max(1000);

function asHubKey(key: string | HubKey): HubKey {
  return typeof key === 'string' ? { key, rights: ['Listen', 'Send', 'Manage'] } : key;
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

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

type Content = Pick<HubCall, 'deviceHandles' | 'payloadText'>;

function readBatch({ headers, body }: HubRequest): Content {
  const parts = parseMultipart(headers['content-type'] ?? '', body ?? '');
  const handles = handlesSchema.safeParse(parseJson(parts?.get('devices') ?? ''));
  return { deviceHandles: handles.data, payloadText: parts?.get('notification') };
}

/**
 * Reads a `multipart/mixed` body into its parts by the `name` of their `Content-Disposition`. Undefined when the
 * content type names no boundary. Line ends may be CRLF or LF; the closing line may lack its own.
 */
function parseMultipart(contentType: string, body: string): ReadonlyMap<string, string> | undefined {
  const boundary = /^multipart\/mixed\s*;.*?boundary\s*=\s*"?([^";]+)"?/i.exec(contentType)?.[1]?.trim();
  if (boundary === undefined) return undefined;
  const parts = new Map<string, string>();
  for (const part of `\n${body}`.split(`\n--${boundary}`).slice(1)) {
    if (part.startsWith('--')) break;
    const [head = '', content] = splitOnce(part, /\r?\n\r?\n/);
    const name = /content-disposition:[^\r\n]*?name="?([^";\r\n]+)"?/i.exec(head)?.[1]?.trim();
    if (name !== undefined && content !== undefined) parts.set(name, content.replace(/\r?\n?$/, ''));
  }
  return parts;
}

function splitOnce(text: string, separator: RegExp): readonly [string, string | undefined] {
  const found = separator.exec(text);
  if (found === null) return [text, undefined];
  return [text.slice(0, found.index), text.slice(found.index + found[0].length)];
}

function readSingle({ headers, body }: HubRequest): Content {
  const handle = headers['servicebusnotification-devicehandle'] ?? '';
  return { deviceHandles: handle === '' ? undefined : [handle], payloadText: body };
}
