import * as z from 'zod';

const target = z.object({
  endpointType: z.string().optional(),
  /** The Function, when it is one. */
  resourceId: z.string().optional(),
  /** Address without its query, when it is a webhook. */
  endpointBaseUrl: z.string().optional(),
  maxEventsPerBatch: z.number().optional(),
});

/** What Azure tells about an event subscription, in the client's own spelling. */
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
    // Event Grid's own defaults where nothing is said ("Event Grid message delivery and retry").
    maxDeliveryAttempts: rest.retryPolicy?.maxDeliveryAttempts ?? 30,
    ttlMinutes: rest.retryPolicy?.eventTimeToLiveInMinutes ?? 1440,
    deadLetters: rest.deadLetterDestination != null || rest.deadLetterWithResourceIdentity != null,
  }));

/** An event subscription of an ACS resource. */
export type EventSubscription = z.infer<typeof eventSubscriptionSchema>;
