import { inspect } from 'node:util';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.ts';
import { settings } from '../../../src/config/settings.ts';
import type { Device } from '../../../src/devices/device.ts';
import { collectTelemetry } from '../../support/collect-telemetry.ts';
import { eventGridEvent, user } from '../../support/events.ts';
import { createLeakyRelay } from './support/create-leaky-relay.ts';

const eventMs = Date.parse('2026-11-22T09:00:00Z');

// A word that occurs nowhere by chance, in the form its place needs.
const word = (prefix: string) => fc.stringMatching(/^[a-z]{10,18}$/).map((letters) => `${prefix}q${letters}`);
const number = (prefix: string) => fc.stringMatching(/^[0-9]{10}$/).map((digits) => `${prefix}${digits}`);
const secrets = fc.record({
  calleeId: word('callee').map((text) => `8:acs:clinic_${text}`),
  callerId: number('46').map((digits) => `4:+${digits}`),
  callerName: word('callername'),
  text: word('text'),
  topic: word('topic'),
  thread: word('thread'),
  callId: word('callid'),
  messageId: number('17'),
  eventId: word('eventid'),
  cc: word('cc'),
  shrToken: word('shrtoken'),
  odd: word('odd'),
  apns: fc.stringMatching(/^[0-9a-f]{64}$/),
  voip: fc.stringMatching(/^[0-9a-f]{64}$/),
  fcm: fc.stringMatching(/^[A-Za-z0-9_-]{11}:APA91b[A-Za-z0-9_-]{60,120}$/),
  shortFcm: fc.stringMatching(/^[A-Za-z0-9]{20}$/),
  key: fc.stringMatching(/^[A-Za-z0-9]{43}=$/),
});
type Secrets = typeof secrets extends fc.Arbitrary<infer Value> ? Value : never;

const contextOf = ({ cc, shrToken }: Secrets) =>
  `h.${Buffer.from(JSON.stringify({ cc, shrToken })).toString('base64url')}.s`;

function eventsOf(planted: Secrets): readonly unknown[] {
  const { calleeId, callerId, callerName, text, topic, thread, callId, messageId, eventId, odd } = planted;
  const context = contextOf(planted);
  const make = (type: string, data: object) =>
    eventGridEvent(
      type,
      { ...data, odd },
      { id: `${eventId}-${type}`, subject: odd, topic: `/subscriptions/${odd}` },
    );
  const chat = {
    threadId: thread,
    messageId,
    messageBody: text,
    senderDisplayName: callerName,
    senderCommunicationIdentifier: { rawId: callerId, phoneNumber: { value: callerId.slice(2) } },
    recipientCommunicationIdentifier: user(calleeId),
    metadata: { odd },
  };
  const ring = {
    to: user(calleeId),
    from: { rawId: callerId, phoneNumber: { value: callerId.slice(2) } },
    callerDisplayName: callerName,
    incomingCallContext: context,
    serverCallId: odd,
    correlationId: callId,
    cp: planted.cc,
  };
  const ringEvent = make('IncomingCall', ring);
  return [
    ringEvent,
    { ...ringEvent, data: { ...ring, to: user(callerId) } },
    make('CallParticipantAdded', {
      user: { communicationIdentifier: user(calleeId) },
      correlationId: callId,
    }),
    make('CallEnded', { correlationId: callId }),
    make('ChatMessageReceived', chat),
    make('ChatMessageEdited', chat),
    make('ChatThreadCreatedWithUser', {
      ...chat,
      properties: { topic },
      participants: [{ displayName: callerName }],
    }),
    // Poison of several kinds.
    make('IncomingCall', { ...ring, to: { odd: text, rawId: '' } }),
    make('ChatMessageReceived', { ...chat, threadId: { [text]: callerName }, messageId: [callerId] }),
    { ...make('CallEnded', { correlationId: callId }), eventTime: text },
    {
      [text]: callerName,
      data: { incomingCallContext: context, deep: JSON.stringify({ shrToken: planted.shrToken }) },
    },
    { id: '', eventType: text, eventTime: callerName, data: ring },
    text,
    [callerName],
  ];
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

type Echo = (request: { handle: string; authorization: string; body: string }) => string;
const echo: fc.Arbitrary<Echo> = fc.constantFrom<Echo>(
  ({ handle }) => `The device handle ${handle} is not valid.`,
  ({ handle }) => `Handle=${handle}`,
  ({ handle }) => `Bad handle '${handle.toUpperCase()}', or ${encodeURIComponent(handle)}`,
  ({ authorization }) => `Unauthorized: ${authorization}. TrackingId:3a1c8a52-8b1e-4f7a-9a51-0c8f2a6d1e01_G1`,
  ({ authorization }) => escapeXml(authorization),
  ({ body }) => `The payload is not valid: ${body}`,
  ({ body }) => `The payload is not valid: ${escapeXml(body)}`,
  ({ body }) => body.slice(1),
  ({ body, handle, authorization }) => [authorization, handle, body, handle].join('\n'),
);

const answers = fc.record({
  status: fc.constantFrom(201, 400, 401, 403, 404, 413, 429, 500, 503),
  echo,
  wrap: fc.constantFrom<[string, string]>(
    ['<Error><Code>400</Code><Detail>', '</Detail></Error>'],
    ['<html><body>', '</body></html>'],
    ['', ''],
  ),
});

// As the storage SDK throws: the request with its keys and its signature hangs on the error.
const storageTroubles = fc.record({
  on: fc.constantFrom('none', 'insert', 'replace', 'list', 'put', 'table devices', 'blob', ''),
  statusCode: fc.constantFrom(undefined, 403, 500),
});

describe('the output of the relay', () => {
  it('contains no secret of its input', async () => {
    await fc.assert(
      fc.asyncProperty(
        secrets,
        answers,
        storageTroubles,
        fc.boolean(),
        async (planted, answer, trouble, logUserIds) => {
          const { calleeId, apns, voip, fcm, shortFcm, key, cc, shrToken } = planted;
          const device = { recipientId: calleeId, registeredAtMs: 0, expiresAtMs: 1e15 };
          const devices: readonly Device[] = [
            { ...device, deviceId: 'iphone', platform: 'apns', handle: apns, voipHandle: voip },
            { ...device, deviceId: 'android', platform: 'fcmv1', handle: fcm },
            { ...device, deviceId: 'tablet', platform: 'fcmv1', handle: shortFcm },
          ];
          const storageError = (what: string): unknown => {
            if (trouble.on === 'none' || !what.includes(trouble.on)) return undefined;
            const message =
              trouble.statusCode === undefined
                ? 'connect ECONNREFUSED'
                : `Key ${key} refused ${calleeId} ${apns}`;
            return Object.assign(new Error(message), {
              name: 'RestError',
              ...(trouble.statusCode === undefined
                ? { code: 'ECONNREFUSED' }
                : { statusCode: trouble.statusCode }),
              request: { url: `https://account/${calleeId}?sig=${key}`, body: JSON.stringify(planted) },
              details: { odataError: { code: 'AuthorizationFailure', message: key } },
            });
          };
          const collected = collectTelemetry();
          const relay = createLeakyRelay({
            nowMs: eventMs + 500,
            devices,
            key,
            logUserIds,
            storageError,
            answer: ({ headers, body }) => {
              const said = answer.echo({
                handle: headers['servicebusnotification-devicehandle'] ?? '',
                authorization: headers['authorization'] ?? '',
                body,
              });
              return { kind: 'response', status: answer.status, headers: {}, body: answer.wrap.join(said) };
            },
          });
          for (const event of eventsOf(planted)) await relay.handle(event);
          await relay.handleText(
            `{"text":"${planted.text}","incomingCallContext":"${contextOf(planted)}","handle":`,
          );

          const spans = collected.spans();
          const told = [JSON.stringify(spans.map(factsOf)), ...(await collected.points())].join('\n');
          expect(new Set(spans.map(({ name }) => name)).size).toBeGreaterThan(2);
          collected.end();
          const said = [...relay.said, told].join('\n');
          const letters = (await relay.letters()).join('\n');
          expect(said.length).toBeGreaterThan(100);
          const signatures = relay.authorizations.flatMap((text) => /sig=([^&]+)/.exec(text)?.[1] ?? []);
          const never = { apns, voip, fcm, shortFcm, key, cc, shrToken, context: contextOf(planted) };
          const signed = signatures.flatMap((text) => [text, decodeURIComponent(text)]);
          expect(found(`${said}\n${letters}`.toLowerCase(), never, signed)).toEqual([]);
          const { calleeId: _, ...others } = planted;
          expect(found(said.toLowerCase(), logUserIds ? others : planted, [])).toEqual([]);
          // Spans and metrics identify no user, whatever the setting.
          expect(found(told.toLowerCase(), planted, [])).toEqual([]);
        },
      ),
      // Smaller secrets would only be more alike.
      { numRuns: 80, endOnFailure: true },
    );
  }, 60_000);

  it('names users only by a hash unless LOG_USER_IDS is set', async () => {
    const run = async (logUserIds: boolean) => {
      const device = { recipientId: '8:acs:clinic_ada', registeredAtMs: 0, expiresAtMs: 1e15 };
      const relay = createLeakyRelay({
        nowMs: eventMs,
        devices: [{ ...device, deviceId: 'android', platform: 'fcmv1', handle: 'token' }],
        key: 'k',
        logUserIds,
        storageError: () => undefined,
        answer: () => ({ kind: 'response', status: 201, headers: {}, body: '' }),
      });
      await relay.handle(
        eventGridEvent('IncomingCall', { to: user('8:acs:clinic_ada'), correlationId: 'c' }),
      );
      return relay.said.join('\n');
    };
    expect(await run(true)).toContain('8:acs:clinic_ada');
    expect(await run(false)).not.toContain('clinic_ada');
    expect(await run(false)).toMatch(/"user":"u-[\w-]{16}"/);
  });
});

describe('the problems of invalid settings', () => {
  it('repeat no key, whichever setting holds it', () => {
    const planting = fc.constantFrom<(key: string) => string>(
      (key) => key,
      (key) =>
        `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=${key}`,
      (key) => `Endpoint=${key};SharedAccessKey=${key};EntityPath=`,
      (key) => `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key}`,
      (key) => `https://account.table.core.windows.net/?sig=${key}`,
      (key) => `https://user:${key}@account.table.core.windows.net/`,
    );
    const names = [
      ...Object.keys(settings),
      'NOTIFICATION_HUB_CONECTION_STRING',
      'RELAY_STORAGE__tableServiceUrl',
    ];
    const environment = fc.dictionary(fc.constantFrom(...names), planting, { minKeys: 1, maxKeys: 6 });
    fc.assert(
      fc.property(environment, fc.stringMatching(/^[A-Za-z0-9]{43}=$/), (plantings, key) => {
        const env = Object.fromEntries(Object.entries(plantings).map(([name, plant]) => [name, plant(key)]));
        const said: string[] = [];
        try {
          said.push(...loadConfig(env).warnings);
        } catch (error) {
          said.push(inspect(error, { depth: 20, showHidden: true }));
        }
        expect(said.join('\n').includes(key)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

/** Everything that a span carries, but for the id of its event: Azure's own, which says nothing. */
function factsOf({ name, attributes, links, status, events }: ReadableSpan): unknown {
  const { 'acs.event.id': _, ...others } = attributes;
  return { name, others, links, status, events };
}

/** Names of the secrets that occur in a text. */
function found(
  text: string,
  planted: Readonly<Record<string, string>>,
  more: readonly string[],
): readonly string[] {
  const names = Object.entries(planted).flatMap(([name, secret]) =>
    text.includes(secret.toLowerCase()) ? [name] : [],
  );
  return [...names, ...(more.some((secret) => text.includes(secret.toLowerCase())) ? ['signature'] : [])];
}
