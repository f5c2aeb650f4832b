import http from 'node:http';
import https from 'node:https';
import type common from 'azure-common';
import type azureSb from 'azure-sb';
import { RelayError } from '../../errors/errors.ts';
import type { HubRequest } from '../request.ts';
import { createSocketQueue, Exchange, errorReason } from './exchange.ts';
import { defaultLimits, type HubTransport, type TransportOptions } from './hub-transport.ts';

/**
 * Creates the transport that signs and sends through the deprecated package `azure-sb`, for comparison with the built-in
 * one and for teams that require that package. It runs the same code as the package's own methods.
 *
 * It adds what azure-sb lacks: a total timeout, a cap on sockets, the limit on the response body, TLS that is verified
 * whatever the environment says, an exact record of what left, and `?direct`, without which a push to one device would
 * become a broadcast. Like the built-in transport it ignores the proxies of the environment, since a proxy hides what
 * left. It installs no retry filter, and the library itself never repeats a POST.
 *
 * @throws RelayError `HUB_TRANSPORT_NOT_INSTALLED`, or `HUB_CONNECTION_STRING_INVALID` for a host azure-sb rejects.
 */
export async function createAzureSbTransport(options: TransportOptions): Promise<HubTransport> {
  const azureSb = await loadAzureSb();
  const service = createService(azureSb, options);
  const { host, protocol } = new URL(endpointFor(options.connection.endpoint));
  const secure = protocol === 'https:';
  const { maxConnections, keepAliveMs } = { ...defaultLimits, ...options.limits };
  const agentOptions = { keepAlive: true, maxSockets: maxConnections, timeout: keepAliveMs };
  const agent = secure
    ? new https.Agent({
        ...agentOptions,
        rejectUnauthorized: true,
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      })
    : new http.Agent(agentOptions);

  const sockets = createSocketQueue(maxConnections);
  let closing: Promise<void> | undefined;

  const exchange = (
    request: HubRequest,
    book: Exchange,
    setRunning: (running: http.ClientRequest) => void,
  ): void => {
    const send = (open: typeof http.request) => ({
      request: (outgoing: http.RequestOptions) => {
        const running = open(outgoing);
        setRunning(running);
        watch(running, secure, book);
        return running;
      },
    });
    const observed = service.withFilter({
      handle: (outgoing, next) => {
        // The library omits the port.
        outgoing.headers.host = host;
        Object.assign(outgoing, {
          agent,
          proxy: null,
          httpModules: { 'http:': send(http.request), 'https:': send(https.request) },
        });
        next(outgoing);
      },
    });

    try {
      const url = new URL(request.path, options.connection.endpoint);
      const resource = azureSb.WebResource.post(url.pathname).withRawResponse(true);
      for (const [name, value] of url.searchParams) resource.withQueryOption(name, value);
      // The library replaces `authorization` with its own signature.
      for (const [name, value] of Object.entries(request.headers)) resource.withHeader(name, value);
      observed.performRequest(resource, request.body, { clientRequestTimeout: neverMs }, ({ error }) =>
        book.end(errorReason(error)),
      );
    } catch (error) {
      book.end(errorReason(error));
    }
  };

  return {
    post: (request, options) => {
      if (closing !== undefined) return Promise.resolve({ kind: 'not-sent', reason: 'CLOSED' });
      const { priority, isStillWanted } = options;
      let running: http.ClientRequest | undefined;
      const book = new Exchange(options, () => running?.destroy());
      const begin = async (hasWaited: boolean): Promise<void> => {
        if (hasWaited && isStillWanted !== undefined && !(await isStillWanted())) book.end('UNWANTED');
        if (!book.isOver) {
          exchange(request, book, (opened) => {
            running = opened;
          });
        }
        await book.result;
        sockets.leave();
      };
      sockets.enter(priority, (hasWaited) => {
        if (book.isOver) return false;
        void begin(hasWaited);
        return true;
      });
      return book.result;
    },
    close: () => {
      // Each exchange has its own timeout.
      closing ??= sockets.emptied().then(() => agent.destroy());
      return closing;
    },
  };
}

/** The entry points of azure-sb and of azure-common, its dependency. */
interface AzureSb {
  readonly createNotificationHubService: typeof azureSb.createNotificationHubService;
  readonly WebResource: typeof common.WebResource;
}

/**
 * Loads the optional package `azure-sb`; only `HUB_TRANSPORT=azure-sb` needs it.
 *
 * @throws RelayError `HUB_TRANSPORT_NOT_INSTALLED` when it is missing or does not load.
 */
export async function loadAzureSb(): Promise<AzureSb> {
  try {
    const [sb, common] = await Promise.all([import('azure-sb'), import('azure-common')]);
    return {
      createNotificationHubService: sb.default.createNotificationHubService,
      WebResource: common.default.WebResource,
    };
  } catch (cause) {
    throw new RelayError({
      code: 'HUB_TRANSPORT_NOT_INSTALLED',
      class: 'config',
      message:
        `HUB_TRANSPORT is "azure-sb", but the package azure-sb cannot be loaded (${errorReason(cause)}). ` +
        'Run "npm install azure-sb", or remove HUB_TRANSPORT to use the built-in transport.',
      cause,
    });
  }
}

function createService(
  { createNotificationHubService }: AzureSb,
  { connection }: TransportOptions,
): ReturnType<AzureSb['createNotificationHubService']> {
  try {
    // Only the library's own send methods use the hub name; here every request has its path.
    return createNotificationHubService(
      '-',
      endpointFor(connection.endpoint),
      connection.keyName,
      connection.key,
    );
  } catch {
    // Without the cause: the library prints the key in its message.
    throw new RelayError({
      code: 'HUB_CONNECTION_STRING_INVALID',
      class: 'config',
      message:
        'The package azure-sb rejects the endpoint or key of the connection string. It accepts only host names with ' +
        'a dot and IP addresses. Remove HUB_TRANSPORT to use the built-in transport.',
    });
  }
}

/** azure-sb rejects `localhost`; the address is the same machine. */
function endpointFor(endpoint: string): string {
  return endpoint.replace(/\/\/localhost(?=:|$)/, '//127.0.0.1');
}

/** The longest that a timer of Node.js can wait. Only the timeout of the exchange counts. */
const neverMs = 2 ** 31 - 1;

/** Follows a request of Node.js from its socket to the end of its response. */
function watch(request: http.ClientRequest, secure: boolean, book: Exchange): void {
  if (book.isOver) request.destroy();
  request.once('socket', (socket) => {
    // Node.js writes once the socket is connected. A socket that is already connected may carry bytes immediately.
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => book.sent());
    else book.sent();
  });
  request.once('response', (response) => {
    book.answered(response.statusCode ?? 0, response.headers);
    // The library parses error bodies with code that throws on some of them, outside of any catch. So it sees no error.
    response.statusCode = 200;
    response.on('data', (chunk: Buffer) => {
      if (!book.data(chunk)) response.destroy();
    });
    response.once('close', () => book.end('END'));
  });
}
