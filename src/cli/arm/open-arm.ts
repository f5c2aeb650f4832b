import { InvalidArgumentError } from 'commander';
import { type AppIo, inputUnusable } from '../io.ts';
import type { AzureAccess } from './ask-arm.ts';
import { askCommunication, type CommunicationQuestions } from './communication.ts';
import { askEventGrid, type EventGridQuestions } from './event-grid.ts';
import { askNotificationHubs, type NotificationHubsQuestions } from './notification-hubs.ts';

/** What the commands that ask Azure touch of the process they run in. */
export interface AzureIo extends AppIo {
  /** Who signs in, instead of whoever `az login` knows. Tests hand in their own. */
  readonly azure?: Omit<AzureAccess, 'endpoint'>;
  /** Reads standard input to its end. */
  readonly readInput?: () => Promise<string>;
}

/** Everything these commands ask Azure Resource Manager. */
export type Arm = CommunicationQuestions & NotificationHubsQuestions & EventGridQuestions;

/**
 * Opens Azure Resource Manager. Nobody signs in and no client is loaded before the first question.
 *
 * @param endpoint origin of Azure Resource Manager in the cloud that is meant
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

/**
 * The id of a subscription, as an option names it. Azure's clients take nothing else, and a name is what people have.
 *
 * @throws InvalidArgumentError when the text is no such id
 */
export function subscriptionId(text: string): string {
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError(
    'Give the id of a subscription, not its name: az account list --output table',
  );
}

async function signedInUser() {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}
