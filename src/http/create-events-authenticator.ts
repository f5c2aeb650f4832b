import type { HttpRequest } from '@azure/functions';
import type { EventsEntraSettings } from '../config/relay-config.ts';
import type { Clock } from '../shared/time.ts';
import { createTokenVerifier } from './create-token-verifier.ts';
import type { TokenCheck } from './token-check.ts';

/** Application id of Microsoft.EventGrid, the same in every tenant. */
const EVENT_GRID_APP_ID = '4962773b-9cdb-44cf-a8bf-237846a00ab7';

/**
 * Checks the Entra token that Event Grid sends with every message of a subscription secured by Entra ID, the validation
 * included: signature, issuer (v1 and v2), audience, lifetime, tenant, and that it was issued to Event Grid itself
 * (`appid`, in v2 tokens `azp`). Roles are not asked for: real tokens come without.
 * Source: "Secure WebHook delivery with Microsoft Entra ID in Azure Event Grid" (learn.microsoft.com).
 *
 * @param jwksUrl - where the tenant's keys are; derived from the tenant when absent.
 */
export function createEventsAuthenticator(
  settings: EventsEntraSettings,
  clock: Clock,
  jwksUrl?: string,
): (request: HttpRequest) => Promise<TokenCheck> {
  const tenantId = settings.tenantId.toLowerCase();
  const verify = createTokenVerifier({
    jwksUrl: jwksUrl ?? `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`,
    issuers: [`https://sts.windows.net/${tenantId}/`, `https://login.microsoftonline.com/${tenantId}/v2.0`],
    audience: settings.audience,
    algorithms: ['RS256'],
    clock,
  });
  return async (request) => {
    const token = await verify(request);
    if (token.kind !== 'valid') return token;
    const { tid, appid, azp } = token.claims;
    return tid === tenantId && (appid ?? azp) === EVENT_GRID_APP_ID ? token : { kind: 'invalid' };
  };
}
