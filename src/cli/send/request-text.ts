import { jsonText } from '../json-text.ts';
import type { MaskedRequest } from './mask-request.ts';

/** A request as it goes over the wire, and its size. The body is JSON that means the same in a terminal. */
export function requestText({ method, url, headers, body, bodyBytes, maxBodyBytes }: MaskedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  const size = `${grouped(bodyBytes)} of ${grouped(maxBodyBytes)} bytes`;
  return `${method} ${url}\n${lines.join('')}\n${jsonText(JSON.parse(body))}\n\n${size}\n`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
