import type { HttpRequest } from '@azure/functions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createCallerAuthenticator } from '../../../src/http/authentication.ts';
import { createDeviceApi } from '../../../src/http/device-api.ts';
import { createEventsWebhook } from '../../../src/http/events-webhook.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { deviceRequest, httpRequest, wireText } from '../../support/http-request.ts';
import { openRegistry } from '../../support/open-registry.ts';

const phone = { userId: '8:acs:r_ada', deviceId: 'phone' };
const errorSchema = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[A-Z_]+$/),
    message: z.string().min(1),
    problems: z.array(z.string()),
  }),
});

function openApi(storageFails = false) {
  const devices = breakableTableStore(createMemoryTableStore(), {
    before: () => {
      if (storageFails) throw new Error('down');
    },
  });
  const { registry, time } = openRegistry(devices, createMemoryTableStore());
  const logged: unknown[] = [];
  const authenticate = createCallerAuthenticator(undefined, () => time.nowMs);
  const { devices: handle } = createDeviceApi({ registry, authenticate });
  return {
    devices: (request: HttpRequest) => handle(request, (...line) => void logged.push(line)),
    logged,
  };
}

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 62, maxLength: 204 });
const fcmToken = fc.string({ unit: fc.constantFrom(...'abcXYZ019_:-.='), minLength: 18, maxLength: 300 });
const handle = fc.oneof(hex, fcmToken, fc.string({ minLength: 24, maxLength: 80 }));

describe('the responses of the device API', () => {
  it('returns a typed response to any body and never throws', async () => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.record(
        {
          platform: fc.constantFrom('apns', 'fcmv1', 'web'),
          handle,
          voipHandle: handle,
          locale: fc.string(),
        },
        { requiredKeys: [] },
      ),
      fc.dictionary(
        fc.constantFrom('platform', 'handle', 'voipHandle', 'locale', '__proto__', 'x'),
        fc.jsonValue(),
      ),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('PUT', 'GET', 'DELETE', 'POST'), async (value, method) => {
        const { devices } = openApi();
        const answer = await devices(deviceRequest(method, phone, method === 'PUT' ? value : undefined));
        expect([200, 201, 204, 400, 404, 405, 413]).toContain(answer.status);
        if (Number(answer.status) >= 400) errorSchema.parse(answer.jsonBody);
      }),
      { numRuns: 400 },
    );
  });

  it('returns a typed response to any ids', async () => {
    const id = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('8:acs:a', '4:+1', '..', ''),
    );
    await fc.assert(
      fc.asyncProperty(id, id, async (userId, deviceId) => {
        const answer = await openApi().devices(
          deviceRequest('PUT', { userId, deviceId }, { platform: 'apns', handle: 'a'.repeat(64) }),
        );
        expect([201, 400]).toContain(answer.status);
      }),
      { numRuns: 400 },
    );
  });

  it('never exposes a handle, wherever it is in the request and whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        handle,
        handle,
        fc.constantFrom('apns', 'fcmv1', 'web'),
        fc.boolean(),
        async (first, second, platform, down) => {
          const api = openApi(down);
          const texts: string[] = [];
          const bodies: unknown[] = [
            { platform, handle: first, voipHandle: second },
            { platform, handle: first },
            { platform: first, handle: 7, locale: second },
            { platform, handle: first, [second]: first },
            first,
          ];
          for (const body of bodies)
            texts.push(wireText(await api.devices(deviceRequest('PUT', phone, body))));
          texts.push(
            wireText(await api.devices(deviceRequest('PUT', { userId: first, deviceId: second }, {}))),
          );
          texts.push(wireText(await api.devices(deviceRequest('GET', phone))));
          texts.push(wireText(await api.devices(deviceRequest('GET', { userId: phone.userId }))));
          texts.push(JSON.stringify(api.logged));
          for (const secret of [first, second]) {
            // Everything behind the four characters that the mask shows.
            for (const part of [secret.slice(4, 16), secret.slice(-12)]) {
              if (new Set(part).size < 5 || part.trim() !== part) continue;
              for (const text of texts)
                expect(text.toLowerCase()).not.toContain(JSON.stringify(part).slice(1, -1).toLowerCase());
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the webhook', () => {
  it('returns 200 to any body it can relay and passes it to the relay unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string({ unit: 'grapheme', minLength: 1 })),
        fc.constantFrom('Notification', ''),
        async (text, type) => {
          const relayed: [unknown, string][] = [];
          const webhook = createEventsWebhook({
            relayEvents: async (...given) => void relayed.push(given),
            logger: () => undefined,
          });
          const answer = await webhook(
            httpRequest('POST', { headers: { 'aeg-event-type': type }, body: { string: text } }),
          );
          expect(answer.status).toBe(200);
          expect(relayed[0]?.[1]).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });
});
