import type common from 'azure-common';
import type azureSb from 'azure-sb';
import { RelayError } from '../../errors/errors.ts';
import { errorReason } from './error-reason.ts';

/** The entry points of azure-sb and of azure-common, which it brings along. */
export interface AzureSb {
  readonly createNotificationHubService: typeof azureSb.createNotificationHubService;
  readonly WebResource: typeof common.WebResource;
}

/**
 * Loads the optional package `azure-sb`, which is needed only by those who chose it.
 *
 * @throws RelayError `HUB_TRANSPORT_NOT_INSTALLED` when it is missing or does not load.
 */
export const loadAzureSb = async (): Promise<AzureSb> => {
  try {
    const [sb, common] = await Promise.all([import('azure-sb'), import('azure-common')]);
    return {
      createNotificationHubService: sb.default.createNotificationHubService,
      WebResource: common.default.WebResource,
    };
  } catch (cause) {
    throw new RelayError({
      code: 'HUB_TRANSPORT_NOT_INSTALLED',
      class: 'config',
      message:
        `HUB_TRANSPORT is "azure-sb", but the package azure-sb cannot be loaded (${errorReason(cause)}). ` +
        'Run "npm install azure-sb", or remove HUB_TRANSPORT to use the built-in transport.',
      cause,
    });
  }
};
