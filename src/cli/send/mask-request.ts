import { maskHandle } from '../../http/device-api.ts';
import { maxBodyBytes } from '../../notifications/fit-body.ts';
import type { RecordedRequest } from './create-request-recorder.ts';

/** A request ready to be shown: the signature and the device handle are masked, all else is as it would be sent. */
export interface MaskedRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** UTF-8 bytes of the body, and the most a push may have. */
  readonly bodyBytes: number;
  readonly maxBodyBytes: number;
}

/** Masks what lets others push: the signature of the SAS token, and the device handle. */
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

function maskHeader(name: string, value: string): string {
  if (name === 'authorization') return value.replace(/\bsig=[^&]*/g, 'sig=(masked)');
  return name === 'servicebusnotification-devicehandle' ? maskHandle(value) : value;
}
