import type { HubResource } from '../arm/hub-resource.ts';
import { shellWord } from '../shell-word.ts';
import { hubNames } from './hub-names.ts';

/** APNs of production in token mode ("ApnsCredential" of the Azure Resource Manager reference). */
export const apnsProduction = 'https://api.push.apple.com:443/3/device';

/** The command that gives a hub APNs in token mode. The key is read from its file, so that no shell history has it. */
export function apnsCommand(hub: HubResource, bundleId: string, endpoint = apnsProduction): string {
  return [
    `az notification-hub credential apns update ${hubNames(hub)}`,
    `--app-name ${shellWord(bundleId)} --app-id '<team id>' --key-id '<key id>'`,
    `--token "$(grep -v -e ----- 'AuthKey_<key id>.p8' | tr -d '\\n')"`,
    `--endpoint ${shellWord(endpoint)}`,
  ].join(' ');
}
