import type { HubResource } from '../arm/hub-resource.ts';
import type { ApnsToken } from '../arm/pns-credentials.ts';
import { shellWord } from '../shell-word.ts';

/** APNs of production in token mode ("ApnsCredential" of the Azure Resource Manager reference). */
export const apnsProduction = 'https://api.push.apple.com:443/3/device';

/**
 * The command that gives a hub APNs in token mode ("Notification Hubs - Update"). The key is read from its file, so that
 * no shell history has it. `az notification-hub credential apns update` will not do: it writes the whole hub anew in a
 * version that knows no FCM v1.
 *
 * @param wanted - what is known of the credential that the hub should have
 */
export function apnsCommand(hub: HubResource, wanted: Partial<ApnsToken>): string {
  const keyId = known(wanted.keyId, '<key id>');
  const credential = {
    appName: known(wanted.bundleId, '<bundle id>'),
    appId: known(wanted.teamId, '<team id>'),
    keyId,
    endpoint: known(wanted.endpoint, apnsProduction),
    token: 'TOKEN',
  };
  const body = shellWord(JSON.stringify({ properties: { apnsCredential: { properties: credential } } }));
  const token = `"$(grep -v -e ----- ${shellWord(`AuthKey_${keyId}.p8`)} | tr -d '\\n')"`;
  const url = shellWord(`${hub.id}?api-version=2023-10-01-preview`);
  return `az rest --method patch --url ${url} --body ${body.replace('"TOKEN"', () => `"'${token}'"`)}`;
}

const known = (text: string | undefined, placeholder: string): string =>
  text === undefined || text === '' ? placeholder : text;
