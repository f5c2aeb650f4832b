import { maskHandle } from '../../devices/device.ts';
import type { HubRequest } from '../../notification-hubs/request.ts';
import type { HubTransports } from '../../notification-hubs/transports/hub-transports.ts';
import { maxBodyBytes } from '../../notifications/fit-body.ts';
import { jsonText } from '../terminal.ts';

/** Records every request in place of sending it. */
interface RequestRecorder extends Pick<HubTransports, 'open'> {
  readonly requests: readonly RecordedRequest[];
}

/** A request as it would be sent. */
interface RecordedRequest extends Omit<HubRequest, 'path'> {
  /** Origin, path and query. */
  readonly url: string;
}

/** Replaces the network, so that the real client builds its requests without connecting. */
export function createRequestRecorder(): RequestRecorder {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    open: async ({ endpoint }) => ({
      post: async ({ path, headers, body }) => {
        requests.push({ url: `${endpoint}${path}`, headers, body });
        return { kind: 'response', status: 201, headers: {}, body: '' };
      },
      close: async () => {},
    }),
  };
}

/** A request as it would be sent, but with the signature and the device handle masked. */
interface MaskedRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** UTF-8 bytes of the body. */
  readonly bodyBytes: number;
  readonly maxBodyBytes: number;
}

/** Masks what would allow others to push: the signature of the SAS token and the device handle. */
export function maskRequest({ url, headers, body }: RecordedRequest): MaskedRequest {
  const masked = Object.entries(headers).map(([name, value]) => [name, maskHeader(name, value)] as const);
  return {
    method: 'POST',
    url,
    headers: Object.fromEntries(masked),
    body,
    bodyBytes: Buffer.byteLength(body),
    maxBodyBytes,
  };
}

/** A request as it goes over the wire, and its size. The JSON of the body is escaped for a terminal. */
export function requestText({ method, url, headers, body, bodyBytes, maxBodyBytes }: MaskedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  const size = `${grouped(bodyBytes)} of ${grouped(maxBodyBytes)} bytes`;
  return `${method} ${url}\n${lines.join('')}\n${jsonText(JSON.parse(body))}\n\n${size}\n`;
}

function maskHeader(name: string, value: string): string {
  if (name === 'authorization') return value.replace(/\bsig=[^&]*/g, 'sig=(masked)');
  return name === 'servicebusnotification-devicehandle' ? maskHandle(value) : value;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
