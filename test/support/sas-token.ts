import { createHmac } from 'node:crypto';

/**
 * A SAS token, computed here and not by the code under test. `expirySeconds` is epoch time; `escapes` is how the
 * resource is percent-encoded: upper case as JavaScript does it, lower case as .NET does it.
 */
export function sasToken(
  resource: string,
  key: string,
  keyName: string,
  expirySeconds: number,
  escapes: 'upper' | 'lower' = 'upper',
): string {
  const upper = encodeURIComponent(resource.toLowerCase());
  const encoded = escapes === 'upper' ? upper : upper.toLowerCase();
  const signature = createHmac('sha256', key).update(`${encoded}\n${expirySeconds}`).digest('base64');
  return `SharedAccessSignature sr=${encoded}&sig=${encodeURIComponent(signature)}&se=${expirySeconds}&skn=${keyName}`;
}
