import { inputUnusable } from '../input-unusable.ts';
import { askCommunication, type CommunicationQuestions } from './ask-communication.ts';
import { askEventGrid, type EventGridQuestions } from './ask-event-grid.ts';
import { askNotificationHubs, type NotificationHubsQuestions } from './ask-notification-hubs.ts';
import type { AzureAccess } from './azure-access.ts';
import type { AzureIo } from './azure-io.ts';

/** Everything these commands ask Azure Resource Manager. */
export type Arm = CommunicationQuestions & NotificationHubsQuestions & EventGridQuestions;

/**
 * Opens Azure Resource Manager. Nobody signs in and no client is loaded before the first question.
 *
 * @param endpoint - origin of Azure Resource Manager in the cloud that is meant
 * @throws RelayError `INPUT_UNUSABLE` for an address that is no https origin: the token would leave unprotected
 */
export async function openArm(endpoint: string, io: AzureIo): Promise<Arm> {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'https:') {
    throw inputUnusable('--arm-endpoint must be an https:// address, such as https://management.azure.com.');
  }
  const access: AzureAccess = { endpoint: url.origin, ...(io.azure ?? { credential: await signedInUser() }) };
  return { ...askCommunication(access), ...askNotificationHubs(access), ...askEventGrid(access) };
}

async function signedInUser() {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}
