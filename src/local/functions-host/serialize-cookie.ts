import type { RpcHttpCookie } from './rpc.ts';

const sameSiteNames = { lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

/** Writes a cookie as the value of `Set-Cookie`, with the attributes in the order and case of ASP.NET Core. */
export function serializeCookie(cookie: RpcHttpCookie): string {
  const parts = [`${cookie.name ?? ''}=${encodeURIComponent(cookie.value ?? '')}`];
  const expiresSeconds = cookie.expires?.value?.seconds;
  if (expiresSeconds !== undefined) parts.push(`expires=${new Date(expiresSeconds * 1000).toUTCString()}`);
  if (cookie.maxAge?.value !== undefined) parts.push(`max-age=${cookie.maxAge.value}`);
  if (cookie.domain?.value !== undefined) parts.push(`domain=${cookie.domain.value}`);
  parts.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value === true) parts.push('secure');
  if (cookie.sameSite !== undefined && cookie.sameSite !== 'none') {
    parts.push(`samesite=${sameSiteNames[cookie.sameSite]}`);
  }
  if (cookie.httpOnly?.value === true) parts.push('httponly');
  return parts.join('; ');
}
