import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may be meant for the inspector. Its `Host` must name this machine, or else a foreign site could have
 * its own name lead here (DNS rebinding). What changes something must be JSON, which a foreign page cannot send without
 * asking first, and must come from the page itself where a browser says where it comes from.
 */
export function isTrustedRequest({ headers, method, socket }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const names = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${socket.localPort}`);
  if (!names.includes(host.toLowerCase())) return false;
  if (method === 'GET' || method === 'HEAD') return true;
  const isJson = /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
  return isJson && (origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`);
}
