import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RuleId } from './conformance/finding.ts';

export type SasRule = Extract<
  RuleId,
  'hub-sas-token' | 'hub-sas-signature' | 'hub-sas-expiry' | 'hub-sas-audience'
>;

export type SasResult =
  | { readonly kind: 'valid'; readonly keyName: string }
  | { readonly kind: 'invalid'; readonly rule: SasRule; readonly detail: string };

interface SasCheck {
  /** Key by key name; keys are used as UTF-8 text. */
  readonly keys: Readonly<Record<string, string>>;
  /** Absolute URL of the request. */
  readonly requestUrl: string;
  readonly nowMs: number;
}

const scheme = 'SharedAccessSignature ';

/**
 * Checks a SAS token as Service Bus does: HMAC-SHA256 over `sr` as it was sent, a line feed and `se`; not expired; and
 * `sr` a prefix of the request URL, ignoring case. `sb`, `http` and `https` count as the same scheme.
 * Source: "Shared Access Signature" in the Azure Service Bus documentation.
 */
export function checkSasToken(authorization: string | undefined, check: SasCheck): SasResult {
  if (authorization?.startsWith(scheme) !== true) {
    return invalid(
      'hub-sas-token',
      'MissingToken: the Authorization header must be a SharedAccessSignature.',
    );
  }
  const fields = new Map<string, string>();
  for (const part of authorization.slice(scheme.length).split('&')) {
    const [name = '', ...rest] = part.split('=');
    fields.set(name.trim(), rest.join('='));
  }
  const resource = fields.get('sr') ?? '';
  const expiry = fields.get('se') ?? '';
  const keyName = decode(fields.get('skn') ?? '');
  const key = Object.entries(check.keys).find(([name]) => name === keyName)?.[1];
  if (key === undefined) return invalid('hub-sas-signature', 'InvalidSignature: unknown key name.');
  const expected = createHmac('sha256', key).update(`${resource}\n${expiry}`).digest();
  const actual = Buffer.from(decode(fields.get('sig') ?? ''), 'base64');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    return invalid('hub-sas-signature', 'InvalidSignature: the token has an invalid signature.');
  }
  if (!(Number(expiry) * 1000 > check.nowMs))
    return invalid('hub-sas-expiry', 'ExpiredToken: the token has expired.');
  if (!covers(decode(resource), check.requestUrl)) {
    return invalid('hub-sas-audience', 'InvalidAudience: the token is for another resource.');
  }
  return { kind: 'valid', keyName };
}

function invalid(rule: SasRule, detail: string): SasResult {
  return { kind: 'invalid', rule, detail };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function covers(audience: string, requestUrl: string): boolean {
  const prefix = comparable(audience);
  const url = comparable(requestUrl);
  if (prefix === '' || !url.startsWith(prefix)) return false;
  // `/relay` must not open `/relay-voip`.
  return /[/?&]$/.test(prefix) || /^([/?&]|$)/.test(url.slice(prefix.length));
}

function comparable(url: string): string {
  return decode(url)
    .toLowerCase()
    .replace(/^(sb|https?):\/\//, '');
}
