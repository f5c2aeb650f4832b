import { isRecord } from '../../../shared/json.ts';
import { readFcmMessage } from '../phones/storage.ts';
import { type JudgedPush, nameHandles, type Rule } from './rule.ts';

const reference = 'Firebase: REST Resource: projects.messages';
const common = { judge: 'fcm', severity: 'error', document: reference } as const;
const maxBytes = 4096;

/** Shape, data and size of an FCM message. */
export const fcmMessageRules: readonly Rule<JudgedPush>[] = [
  {
    ...common,
    id: 'fcm-registration-token',
    severity: 'warning',
    document: 'Firebase: Best practices for FCM registration token management',
    demand:
      'The device handle has only letters, digits and `:` `_` `-` (true of all known tokens, but not documented)',
    check: ({ deviceHandles }) => {
      const bad = deviceHandles.filter((handle) => !/^[\w:-]+$/.test(handle));
      return bad.length === 0 ? [] : [`Device handle does not look like an FCM token: ${nameHandles(bad)}.`];
    },
  },
  {
    ...common,
    id: 'fcm-message',
    document:
      'Azure Notification Hubs: Google Firebase Cloud Messaging migration using REST API and the Azure portal',
    demand: 'The payload is an object with an object `message`',
    check: ({ payload }) =>
      isRecord(payload) && isRecord(payload['message']) ? [] : ['The payload has no object "message".'],
  },
  {
    ...common,
    id: 'fcm-target',
    demand:
      'No `token`, `topic` or `condition`: a message has one target, and the hub adds the device handle (the effect of a second one is not documented)',
    check: ({ payload }) => {
      const { message } = readFcmMessage(payload);
      return ['token', 'topic', 'condition']
        .filter((name) => name in message)
        .map((name) => `The message has a "${name}", but its target is the device handle.`);
    },
  },
  {
    ...common,
    id: 'fcm-data-strings',
    demand: '`data`, also in `android`, is a flat object of strings (`INVALID_ARGUMENT`)',
    check: (push) =>
      dataOf(push).flatMap(({ where, data }) => {
        if (!isRecord(data)) return [`${where} is not an object.`];
        return Object.entries(data)
          .filter(([, value]) => typeof value !== 'string')
          .map(([key]) => `${where}.${key} is not a string.`);
      }),
  },
  {
    ...common,
    id: 'fcm-reserved-keys',
    demand: 'No data key is `from` or `message_type`, or starts with `google.` or `gcm.notification.`',
    check: (push) =>
      keysOf(push)
        .filter(({ key }) => reserved(key))
        .map(({ where, key }) => `${where} has the reserved key "${key}".`),
  },
  {
    ...common,
    id: 'fcm-reserved-prefixes',
    severity: 'warning',
    demand:
      'No other data key starts with `google` or `gcm` (an older version of the same page reserves both prefixes)',
    check: (push) =>
      keysOf(push)
        .filter(({ key }) => !reserved(key) && /^(google|gcm)/.test(key))
        .map(({ where, key }) => `${where} has the key "${key}", which older FCM documentation reserves.`),
  },
  {
    ...common,
    id: 'fcm-size',
    document: 'Firebase: Firebase Cloud Messaging message types',
    demand: 'The payload has at most 4,096 bytes, measured over the whole body',
    check: ({ bodyBytes }) =>
      bodyBytes <= maxBytes ? [] : [`The payload has ${bodyBytes} bytes; the limit is 4096.`],
  },
];

function dataOf({ payload }: JudgedPush) {
  const { message, android } = readFcmMessage(payload);
  return [
    { where: 'message.data', data: message['data'] },
    { where: 'message.android.data', data: android['data'] },
  ].filter(({ data }) => data !== undefined);
}

function keysOf(push: JudgedPush) {
  return dataOf(push).flatMap(({ where, data }) =>
    isRecord(data) ? Object.keys(data).map((key) => ({ where, key })) : [],
  );
}

function reserved(key: string) {
  return (
    key === 'from' ||
    key === 'message_type' ||
    key.startsWith('google.') ||
    key.startsWith('gcm.notification.')
  );
}
