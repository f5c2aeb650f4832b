import { type JudgedPush, nameHandles, type Rule } from './rule.ts';

const responses = 'Apple: Handling notification responses from APNs';
const sending = 'Apple: Sending notification requests to APNs';
const common = { judge: 'apns', severity: 'error', document: sending } as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const maxBytes = 4096;
const maxInt = 2_147_483_647;

/** Device token, headers other than push type and priority, and size of an Apple push. */
export const apnsHeaderRules: readonly Rule<JudgedPush>[] = [
  {
    ...common,
    id: 'apns-device-token',
    document: responses,
    demand: 'The device handle is hexadecimal (`BadDeviceToken`)',
    check: ({ deviceHandles }) => {
      const bad = deviceHandles.filter((handle) => !/^[0-9a-f]+$/i.test(handle));
      return bad.length === 0 ? [] : [`Device handle is not hexadecimal: ${nameHandles(bad)}.`];
    },
  },
  {
    ...common,
    id: 'apns-collapse-id',
    demand: '`apns-collapse-id` has at most 64 bytes (`BadCollapseId`)',
    check: ({ headers }) => {
      const bytes = Buffer.byteLength(headers['apns-collapse-id'] ?? '');
      return bytes <= 64 ? [] : [`apns-collapse-id has ${bytes} bytes; the limit is 64.`];
    },
  },
  {
    ...common,
    id: 'apns-expiration',
    demand:
      "`apns-expiration` is a whole number of seconds since 1970 (`BadExpirationDate`) that fits into 32 bits, the limit of Microsoft's .NET client",
    check: ({ headers }) => {
      const value = headers['apns-expiration'] ?? '0';
      return /^\d+$/.test(value) && Number(value) <= maxInt
        ? []
        : [`apns-expiration "${value}" is not a time in whole seconds since 1970.`];
    },
  },
  {
    ...common,
    id: 'apns-expiration-past',
    severity: 'warning',
    demand: '`apns-expiration` is 0 or in the future (what APNs does with a past one is not documented)',
    check: ({ headers, nowMs }) => {
      const seconds = Number(headers['apns-expiration'] ?? '0');
      return seconds > 0 && seconds * 1000 < nowMs
        ? [`apns-expiration passed ${Math.ceil(nowMs / 1000 - seconds)} s ago.`]
        : [];
    },
  },
  {
    ...common,
    id: 'apns-id',
    demand: '`apns-id` is a UUID (`BadMessageId`)',
    check: ({ headers }) => {
      const id = headers['apns-id'];
      return id === undefined || uuid.test(id) ? [] : [`apns-id "${id}" is not a UUID.`];
    },
  },
  {
    ...common,
    id: 'apns-size',
    document: 'Azure Notification Hubs: Use APNS VOIP through Notification Hubs (not officially supported)',
    demand: 'The payload has at most 4,096 bytes, also for a VoIP push (`PayloadTooLarge`)',
    check: ({ bodyBytes }) =>
      bodyBytes <= maxBytes ? [] : [`The payload has ${bodyBytes} bytes; the limit is 4096.`],
  },
];
