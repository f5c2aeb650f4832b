import * as z from 'zod';
import { type ArmAnswer, type AzureAccess, askArm, clientOptions } from './ask-arm.ts';
import type { AcsResource } from './communication.ts';

/** An event subscription of an ACS resource. */
export type EventSubscription = z.infer<typeof eventSubscriptionSchema>;

/** Requests about Event Grid. */
export interface EventGridQuestions {
  /** Every event subscription of an ACS resource, created on the resource or on its system topic. */
  readonly eventSubscriptions: (acs: AcsResource) => Promise<ArmAnswer<readonly EventSubscription[]>>;
}

const target = z.object({
  endpointType: z.string().optional(),
  /** The Function; absent for other targets. */
  resourceId: z.string().optional(),
  /** Address of a webhook, without its query. */
  endpointBaseUrl: z.string().optional(),
  maxEventsPerBatch: z.number().optional(),
});

/** An event subscription as the ARM client returns it, with Event Grid's defaults for absent fields. */
export const eventSubscriptionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    provisioningState: z.string().optional(),
    destination: target.optional(),
    deliveryWithResourceIdentity: z.object({ destination: target.optional() }).optional(),
    filter: z
      .looseObject({
        includedEventTypes: z.array(z.string()).nullish(),
      })
      .optional(),
    retryPolicy: z
      .object({
        maxDeliveryAttempts: z.number().optional(),
        eventTimeToLiveInMinutes: z.number().optional(),
      })
      .optional(),
    deadLetterDestination: z.unknown().optional(),
    deadLetterWithResourceIdentity: z.unknown().optional(),
  })
  .transform(({ destination, deliveryWithResourceIdentity, filter = {}, ...rest }) => ({
    id: rest.id,
    name: rest.name,
    provisioningState: rest.provisioningState ?? 'Succeeded',
    destination: destination ?? deliveryWithResourceIdentity?.destination ?? {},
    filter,
    /** Undefined: all types. */
    eventTypes: filter.includedEventTypes ?? undefined,
    // Event Grid's own defaults ("Event Grid message delivery and retry").
    maxDeliveryAttempts: rest.retryPolicy?.maxDeliveryAttempts ?? 30,
    ttlMinutes: rest.retryPolicy?.eventTimeToLiveInMinutes ?? 1440,
    deadLetters: rest.deadLetterDestination != null || rest.deadLetterWithResourceIdentity != null,
  }));

const groupOfId = /\/resourceGroups\/([^/]+)\//i;

/** Sends requests through `@azure/arm-eventgrid`, which is loaded with the first one. */
export function askEventGrid(access: AzureAccess): EventGridQuestions {
  return {
    eventSubscriptions: (acs) =>
      askArm(`list the event subscriptions of ${acs.name}`, async (abortSignal) => {
        const { EventGridManagementClient } = await import('@azure/arm-eventgrid');
        const client = new EventGridManagementClient(
          access.credential,
          acs.subscriptionId,
          clientOptions(access),
        );
        // A subscription created on the resource may be listed on the system topic too. Names are unique there.
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
