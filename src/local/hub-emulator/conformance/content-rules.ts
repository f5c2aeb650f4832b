import type { RequestRule } from './rule.ts';

const directSend = 'Azure Notification Hubs REST API: Direct send';
const common = { judge: 'notification-hubs', severity: 'error', status: 400 } as const;

/** Content: size, format, handles, payload. */
export const contentRules: readonly RequestRule[] = [
  {
    ...common,
    id: 'hub-request-size',
    status: 413,
    document: directSend,
    demand: 'The request has at most 64 KB',
    check: ({ fits }) => (fits ? [] : ['The request is larger than 64 KB.']),
  },
  {
    ...common,
    id: 'hub-format',
    document: directSend,
    demand:
      '`ServiceBusNotification-Format` is `apple` or `fcmv1` (other formats exist; the emulator supports these two)',
    check: ({ format }) => {
      if (format === undefined) return ['The ServiceBusNotification-Format header is missing.'];
      return format === 'apple' || format === 'fcmv1'
        ? []
        : [`Unsupported ServiceBusNotification-Format "${format}". The emulator supports apple and fcmv1.`];
    },
  },
  {
    ...common,
    id: 'hub-device-handle',
    document: directSend,
    demand: '`ServiceBusNotification-DeviceHandle` names the device',
    check: ({ deviceHandles }) =>
      deviceHandles === undefined ? ['The ServiceBusNotification-DeviceHandle header is missing.'] : [],
  },
  {
    ...common,
    id: 'hub-content-type',
    document: directSend,
    demand: '`Content-Type` is `application/json`',
    check: ({ contentType }) =>
      /^application\/json\s*(;|$)/i.test(contentType)
        ? []
        : ['The Content-Type must be application/json;charset=utf-8.'],
  },
  {
    ...common,
    id: 'hub-payload-json',
    document: directSend,
    demand: 'The payload is JSON',
    check: ({ payload }) =>
      payload === undefined ? ['The supplied notification payload is invalid: it is not JSON.'] : [],
  },
];
