import { InvalidArgumentError } from 'commander';
import { type AppIo, inputUnusable } from '../io.ts';
import type { AzureAccess } from './ask-arm.ts';
import { askCommunication, type CommunicationQuestions } from './communication.ts';
import { askEventGrid, type EventGridQuestions } from './event-grid.ts';
import { askNotificationHubs, type NotificationHubsQuestions } from './notification-hubs.ts';

/** The process of a command that queries Azure. */
export interface AzureIo extends AppIo {
  /** Replaces the user of `az login`. Tests provide their own. */
  readonly azure?: Omit<AzureAccess, 'endpoint'>;
  /** Reads standard input to its end. */
  readonly readInput?: () => Promise<string>;
}

/** Every request to Azure Resource Manager that the commands need. */
export type Arm = CommunicationQuestions & NotificationHubsQuestions & EventGridQuestions;

/**
 * Opens Azure Resource Manager. Signing in and loading the clients waits for the first request.
 *
 * @param endpoint origin of Azure Resource Manager in the chosen cloud
 * @throws RelayError `INPUT_UNUSABLE` for an address without https, which would expose the token
 */
export async function openArm(endpoint: string, io: AzureIo): Promise<Arm> {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'https:') {
    throw inputUnusable('--arm-endpoint must be an https:// address, such as https://management.azure.com.');
  }
  const access: AzureAccess = { endpoint: url.origin, ...(io.azure ?? { credential: await signedInUser() }) };
  return { ...askCommunication(access), ...askNotificationHubs(access), ...askEventGrid(access) };
}

/**
 * Parses a subscription id in an option. Azure's clients do not accept the name.
 *
 * @throws InvalidArgumentError for any other text
 */
export function subscriptionId(text: string): string {
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError(
    'Pass the id of a subscription, not its name: az account list --output table',
  );
}

async function signedInUser() {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}
