import * as z from 'zod';
import type { HubRequest } from '../../../src/notification-hubs/request.ts';

const acs = z.object({
  id: z.string(),
  kind: z.string(),
  recipientId: z.string(),
  expiresAt: z.string(),
  callId: z.string().optional(),
});
const applePayload = z.object({ aps: z.object({}), acs });
const fcmPayload = z.object({
  message: z.object({
    notification: z.object({}).optional(),
    data: z.object({ acs: z.string() }),
    android: z.object({
      ttl: z.string().regex(/^\d+s$/),
      notification: z.object({ tag: z.string() }).optional(),
    }),
  }),
});

/** A push as the push service and the phone see it: read from the request by what Apple and Google document. */
export interface WirePush {
  readonly eventId: string;
  readonly kind: string;
  readonly recipientId: string;
  readonly callId: string | undefined;
  /** From this moment on the app does nothing with it. */
  readonly expiresAtMs: number;
  readonly handle: string;
  /** What makes two pushes one on the screen; undefined: nothing is shown by the system. */
  readonly screenKey: string | undefined;
  /** `apns-id`; FCM has none. */
  readonly apnsId: string | undefined;
  /** Until when the push service may keep it for a phone that is off, epoch milliseconds. */
  readonly keptUntilMs: number;
}

/** Reads a request as the hub, the push service and the phone do, without any code of the relay. */
export function readRequest({ headers, body }: HubRequest, nowMs: number): WirePush {
  const payload: unknown = JSON.parse(body);
  const handle = headers['servicebusnotification-devicehandle'] ?? '';
  if (headers['servicebusnotification-format'] === 'apple') {
    const read = applePayload.parse(payload).acs;
    const isShown = headers['apns-push-type'] === 'alert';
    return {
      ...common(read, handle),
      screenKey: isShown ? (headers['apns-collapse-id'] ?? 'none') : undefined,
      apnsId: headers['apns-id'],
      keptUntilMs: Number(headers['apns-expiration']) * 1_000,
    };
  }
  const { data, android } = fcmPayload.parse(payload).message;
  return {
    ...common(acs.parse(JSON.parse(data.acs)), handle),
    screenKey: android.notification?.tag,
    apnsId: undefined,
    keptUntilMs: nowMs + Number.parseInt(android.ttl, 10) * 1_000,
  };
}

function common({ id, kind, recipientId, expiresAt, callId }: z.infer<typeof acs>, handle: string) {
  return { eventId: id, kind, recipientId, callId, expiresAtMs: Date.parse(expiresAt), handle };
}
