import type { HubResource } from '../arm/hub-resource.ts';
import type { ApnsToken } from '../arm/pns-credentials.ts';
import { shellWord } from '../shell-word.ts';
import { hubNames } from './hub-names.ts';

/** APNs of production in token mode ("ApnsCredential" of the Azure Resource Manager reference). */
export const apnsProduction = 'https://api.push.apple.com:443/3/device';

/**
 * The command that gives a hub APNs in token mode. The key is read from its file, so that no shell history has it.
 *
 * @param wanted - what is known of the credential that the hub should have
 */
export function apnsCommand(hub: HubResource, wanted: Partial<ApnsToken>): string {
  const { bundleId, teamId, keyId, endpoint } = wanted;
  const key = known(keyId, '<key id>');
  return [
    `az notification-hub credential apns update ${hubNames(hub)}`,
    `--app-name ${shellWord(known(bundleId, '<bundle id>'))}`,
    `--app-id ${shellWord(known(teamId, '<team id>'))} --key-id ${shellWord(key)}`,
    `--token "$(grep -v -e ----- ${shellWord(`AuthKey_${key}.p8`)} | tr -d '\\n')"`,
    `--endpoint ${shellWord(known(endpoint, apnsProduction))}`,
  ].join(' ');
}

const known = (text: string | undefined, placeholder: string): string =>
  text === undefined || text === '' ? placeholder : text;
