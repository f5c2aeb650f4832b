import type { Environment } from '../../config/settings-reader.ts';

/** Shell text that gives the resource id of the relay's storage account, as far as the settings tell its name. */
export function storageIdCommand(env: Environment): string {
  for (const prefix of ['RELAY_STORAGE', 'AzureWebJobsStorage']) {
    const name =
      /(?:^|;)\s*AccountName=([a-z0-9]{3,24})/i.exec(env[prefix] ?? '')?.[1] ??
      env[`${prefix}__accountName`] ??
      /^https:\/\/([a-z0-9]{3,24})\./.exec(env[`${prefix}__blobServiceUri`] ?? '')?.[1];
    if (name !== undefined) return `$(az storage account show --name ${name} --query id --output tsv)`;
  }
  return '<resource id of the storage account>';
}
