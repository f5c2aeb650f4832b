import { RelayError } from '../errors/errors.ts';
import { isLoopbackHost } from '../shared/loopback.ts';

/** A parsed connection string of a Notification Hubs namespace or hub. */
export interface HubConnection {
  /** Origin of the namespace without a trailing slash, such as `https://contoso.servicebus.windows.net`. */
  readonly endpoint: string;
  readonly keyName: string;
  /** The key as text; it is used as UTF-8 bytes and never base64-decoded. */
  readonly key: string;
  /** Hub name, when the connection string is a hub-level one. */
  readonly entityPath?: string;
}

const howToFix =
  'Copy the whole connection string from "Access Policies" of the hub in the Azure portal: ' +
  'Endpoint=sb://<namespace>.servicebus.windows.net/;SharedAccessKeyName=<name>;SharedAccessKey=<key>';

/**
 * Parses a connection string of a Notification Hubs namespace or hub.
 *
 * Parts may come in any order and their names in any case. Blanks, empty parts and unknown parts are ignored.
 * `sb://` means https; `https://` is accepted as is; `http://` is accepted only for this machine (127.0.0.0/8, ::1,
 * localhost), where the emulator listens.
 *
 * @param text such as `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=…;SharedAccessKey=…`,
 * optionally with `EntityPath=<hub>` (the shape `listKeys` of Azure Resource Manager returns).
 * @throws RelayError `HUB_CONNECTION_STRING_INVALID` with every problem in `problems`. It repeats no value of the
 * text, because any of them may be the key.
 */
export function parseHubConnection(text: string): HubConnection {
  const { values, problems: partProblems } = splitParts(text);
  const problems = [...partProblems];
  if (!text.isWellFormed()) problems.push('The text is not valid Unicode');

  const required = (name: string): string => {
    const value = values.get(name) ?? '';
    if (value === '') problems.push(`${name} is missing`);
    return value;
  };
  const endpointText = required('Endpoint');
  const keyName = required('SharedAccessKeyName');
  const key = required('SharedAccessKey');
  const entityPath = values.get('EntityPath');
  if (entityPath === '') problems.push('EntityPath is empty; set the hub name or remove the part');

  const endpoint = endpointText === '' ? { origin: '' } : parseEndpoint(endpointText);
  if ('problem' in endpoint) problems.push(endpoint.problem);
  if ('problem' in endpoint || problems.length > 0) {
    throw new RelayError({
      code: 'HUB_CONNECTION_STRING_INVALID',
      class: 'config',
      message: `The notification hub connection string is invalid: ${problems.join('; ')}. ${howToFix}`,
      problems,
    });
  }
  return { endpoint: endpoint.origin, keyName, key, ...(entityPath === undefined ? {} : { entityPath }) };
}

/** The parts the relay reads, by their names in lower case. Other parts are ignored and never printed. */
const knownParts: ReadonlyMap<string, string> = new Map([
  ['endpoint', 'Endpoint'],
  ['sharedaccesskeyname', 'SharedAccessKeyName'],
  ['sharedaccesskey', 'SharedAccessKey'],
  ['entitypath', 'EntityPath'],
]);

interface Parts {
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

// Keys are base64 and end in `=`, so only the first `=` of a part separates name and value.
function splitParts(text: string): Parts {
  const values = new Map<string, string>();
  const duplicated = new Set<string>();
  let nameless = 0;
  for (const part of text.split(';')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    if (at === -1) {
      nameless += 1;
      continue;
    }
    const name = knownParts.get(part.slice(0, at).trim().toLowerCase());
    if (name === undefined) continue;
    if (values.has(name)) duplicated.add(name);
    else values.set(name, part.slice(at + 1).trim());
  }
  const problems = [...duplicated].map((name) => `${name} is given more than once`);
  if (nameless > 0) problems.push(`${nameless} part(s) have no "=" between name and value`);
  return { values, problems };
}

type EndpointResult = { readonly origin: string } | { readonly problem: string };

// A namespace is a bare host: anything after it is a copying mistake.
function parseEndpoint(text: string): EndpointResult {
  const scheme = /^([a-z][a-z0-9+.-]{0,15}):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { problem: 'Endpoint has no scheme; it must begin with sb://' };
  if (scheme !== 'sb' && scheme !== 'https' && scheme !== 'http') {
    return {
      problem: `Endpoint has the unknown scheme "${scheme}://"; it must begin with sb:// or https://`,
    };
  }
  const address = `${scheme === 'http' ? 'http' : 'https'}${text.slice(scheme.length)}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return { problem: 'Endpoint is not a valid address' };
  if (
    url.username !== '' ||
    url.password !== '' ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    return { problem: 'Endpoint must be only scheme and host, with an optional port' };
  }
  if (scheme === 'http' && !isLoopbackHost(url.hostname)) {
    return { problem: 'Endpoint uses http:// with a host other than this machine; use sb://' };
  }
  return { origin: url.origin };
}
