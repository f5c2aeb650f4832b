import type { AcsResource } from './acs-resource.ts';
import type { ArmAnswer } from './arm-answer.ts';
import { askArm } from './ask-arm.ts';
import type { AzureAccess } from './azure-access.ts';
import { clientOptions } from './client-options.ts';
import { type EventSubscription, eventSubscriptionSchema } from './event-subscription.ts';

/** Questions about Event Grid. */
export interface EventGridQuestions {
  /** Every event subscription of an ACS resource, whether made on the resource or on its system topic. */
  readonly eventSubscriptions: (acs: AcsResource) => Promise<ArmAnswer<readonly EventSubscription[]>>;
}

const groupOfId = /\/resourceGroups\/([^/]+)\//i;

/** Asks about Event Grid through `@azure/arm-eventgrid`, which is loaded at the first question. */
export function askEventGrid(access: AzureAccess): EventGridQuestions {
  return {
    eventSubscriptions: (acs) =>
      askArm(`the event subscriptions of ${acs.name}`, async (abortSignal) => {
        const { EventGridManagementClient } = await import('@azure/arm-eventgrid');
        const client = new EventGridManagementClient(
          access.credential,
          acs.subscriptionId,
          clientOptions(access),
        );
        // A subscription that was made on the resource may be listed on the system topic too. Names are unique there.
        const found = new Map<string, EventSubscription>();
        const add = (subscription: unknown) => {
          const parsed = eventSubscriptionSchema.parse(subscription);
          const name = parsed.name.toLowerCase();
          if (!found.has(name)) found.set(name, parsed);
        };
        const ofResource = client.eventSubscriptions.listByResource(
          acs.resourceGroup,
          'Microsoft.Communication',
          'communicationServices',
          acs.name,
          { abortSignal },
        );
        for await (const subscription of ofResource) add(subscription);
        for await (const { id = '', name = '', source = '' } of client.systemTopics.listBySubscription({
          abortSignal,
        })) {
          const group = groupOfId.exec(id)?.[1];
          if (source.toLowerCase() !== acs.id.toLowerCase() || group === undefined) continue;
          const ofTopic = client.systemTopicEventSubscriptions.listBySystemTopic(group, name, {
            abortSignal,
          });
          for await (const subscription of ofTopic) add(subscription);
        }
        return [...found.values()];
      }),
  };
}
