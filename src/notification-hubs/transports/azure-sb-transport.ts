import http from 'node:http';
import https from 'node:https';
import { RelayError } from '../../errors/errors.ts';
import type { HubTransport } from '../hub-transport.ts';
import { createDrain } from './create-drain.ts';
import { errorReason } from './error-reason.ts';
import { Exchange } from './exchange.ts';
import { type AzureSb, loadAzureSb } from './load-azure-sb.ts';
import { transportDefaults } from './transport-defaults.ts';
import type { TransportOptions } from './transport-options.ts';

/** Follows a request of Node.js from its socket to the end of its answer. */
const watch = (request: http.ClientRequest, secure: boolean, book: Exchange): void => {
  if (book.isOver) request.destroy();
  request.once('socket', (socket) => {
    // Node.js writes when the connection stands. A socket that is no longer connecting may carry bytes at once.
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => book.sent());
    else book.sent();
  });
  request.once('response', (response) => {
    book.answered(response.statusCode ?? 0, response.headers);
    // The library reads error bodies with code that throws on some of them, outside of any catch. It gets no error.
    response.statusCode = 200;
    response.on('data', (chunk: Buffer) => {
      if (!book.data(chunk)) response.destroy();
    });
    response.once('close', () => book.end('END'));
  });
};

/** The longest a timer of Node.js can wait. The exchange has the only timeout that counts. */
const NEVER_MS = 2 ** 31 - 1;

/** azure-sb takes no `localhost`; the address is the same machine. */
const endpointFor = (endpoint: string): string => endpoint.replace(/\/\/localhost(?=:|$)/, '//127.0.0.1');

const createService = (
  { createNotificationHubService }: AzureSb,
  { connection }: TransportOptions,
): ReturnType<AzureSb['createNotificationHubService']> => {
  try {
    // The hub name serves only the library's own send methods; here every request brings its path.
    return createNotificationHubService(
      '-',
      endpointFor(connection.endpoint),
      connection.keyName,
      connection.key,
    );
  } catch {
    // Without its cause: the library prints the key in its message.
    throw new RelayError({
      code: 'HUB_CONNECTION_STRING_INVALID',
      class: 'config',
      message:
        'The package azure-sb refuses the endpoint or key of the connection string. It takes only hosts with a ' +
        'dot in their name or IP addresses; remove HUB_TRANSPORT to use the built-in transport.',
    });
  }
};

/**
 * Creates the transport for teams who trust `azure-sb`: it signs and sends, through the same code as its own methods.
 *
 * What azure-sb does not do itself is added here: a total timeout, a cap on sockets, the limit on the answer, TLS
 * that is verified whatever the environment says, the truth about what left, and `?direct`, without which a push to
 * one device would become a broadcast. Proxies of the environment are not used, as in the built-in transport, since
 * a proxy hides what left. No retry filter is installed, and the library never repeats a POST on its own.
 *
 * @throws RelayError `HUB_TRANSPORT_NOT_INSTALLED`, or `HUB_CONNECTION_STRING_INVALID` for a host azure-sb refuses.
 */
export const createAzureSbTransport = async (options: TransportOptions): Promise<HubTransport> => {
  const azureSb = await loadAzureSb();
  const service = createService(azureSb, options);
  const { host, protocol } = new URL(endpointFor(options.connection.endpoint));
  const secure = protocol === 'https:';
  const agentOptions = {
    keepAlive: true,
    maxSockets: options.maxConnections ?? transportDefaults.maxConnections,
    timeout: options.keepAliveMs ?? transportDefaults.keepAliveMs,
  };
  const agent = secure
    ? new https.Agent({
        ...agentOptions,
        rejectUnauthorized: true,
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      })
    : new http.Agent(agentOptions);

  const exchange: HubTransport['post'] = (request, timeoutMs) => {
    let running: http.ClientRequest | undefined;
    const book = new Exchange(timeoutMs, () => running?.destroy());
    const send = (open: typeof http.request) => ({
      request: (outgoing: http.RequestOptions) => {
        running = open(outgoing);
        watch(running, secure, book);
        return running;
      },
    });
    const observed = service.withFilter({
      handle: (outgoing, next) => {
        // The library leaves the port out.
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
      // Of these the library replaces `authorization` by its own signature.
      for (const [name, value] of Object.entries(request.headers)) resource.withHeader(name, value);
      observed.performRequest(resource, request.body, { clientRequestTimeout: NEVER_MS }, ({ error }) =>
        book.end(errorReason(error)),
      );
    } catch (error) {
      book.end(errorReason(error));
    }
    return book.result;
  };

  return createDrain(exchange, () => agent.destroy());
};
