import { readFcmMessage, readFcmStorage } from '../phones/storage.ts';
import { type JudgedPush, nameHandles, type Rule } from './rule.ts';

const collapsing = 'Firebase: Non-collapsible and collapsible messages';

const common = {
  judge: 'fcm',
  severity: 'error',
  document: 'Firebase: REST Resource: projects.messages',
} as const;

const maxTtlSeconds = 2_419_200;
const maxKeys = 4;
const maxStored = 100;

/** Fields of an FCM message that decide how long, and how many, messages wait for a phone. */
export const fcmStorageRules: readonly Rule<JudgedPush>[] = [
  {
    ...common,
    id: 'fcm-priority',
    demand: '`android.priority` is `normal` or `high`',
    check: ({ payload }) => {
      const { priority } = readFcmMessage(payload).android;
      const good =
        priority === undefined || (typeof priority === 'string' && /^(normal|high)$/i.test(priority));
      return good ? [] : [`Invalid android.priority ${JSON.stringify(priority)}.`];
    },
  },
  {
    ...common,
    id: 'fcm-ttl',
    demand: '`android.ttl` is a string such as `"30s"`, from 0 seconds to four weeks',
    check: ({ payload }) => {
      const { ttl } = readFcmMessage(payload).android;
      if (ttl === undefined) return [];
      if (typeof ttl !== 'string' || !/^\d+(\.\d{1,9})?s$/.test(ttl)) {
        return [`android.ttl ${JSON.stringify(ttl)} is not a duration such as "30s".`];
      }
      return Number(ttl.slice(0, -1)) <= maxTtlSeconds ? [] : [`android.ttl ${ttl} is more than four weeks.`];
    },
  },
  {
    ...common,
    id: 'fcm-collapse-key',
    demand: '`android.collapse_key` is a string',
    check: ({ payload }) => {
      const { collapseKey } = readFcmMessage(payload);
      return collapseKey === undefined || typeof collapseKey === 'string'
        ? []
        : ['android.collapse_key is not a string.'];
    },
  },
  {
    ...common,
    id: 'fcm-collapse-keys',
    document: collapsing,
    demand:
      'A device has at most four collapse keys at a time, those of pushes whose `ttl` has not passed. A notification without a key uses the package name',
    check: ({ payload, phones, nowMs }) => {
      const { collapseId, stored } = readFcmStorage(payload, nowMs);
      if (collapseId === undefined || !stored) return [];
      const full = phones.filter(({ collapseKeys }) => {
        const live = collapseKeys.filter(({ untilMs }) => untilMs > nowMs).map(({ key }) => key);
        return live.length >= maxKeys && !live.includes(collapseId);
      });
      if (full.length === 0) return [];
      const whom = nameHandles(full.map(({ handle }) => handle));
      return [`"${collapseId}" exceeds the ${maxKeys} collapse keys that FCM keeps for ${whom}.`];
    },
  },
  {
    ...common,
    id: 'fcm-stored-messages',
    severity: 'warning',
    document: collapsing,
    demand:
      'At most 100 messages without a collapse key wait for an offline device; FCM drops all of them when one more arrives',
    check: ({ payload, phones, nowMs }) => {
      const { collapseId, stored } = readFcmStorage(payload, nowMs);
      if (collapseId !== undefined || !stored) return [];
      const full = phones.filter(({ online, waiting }) => {
        const plain = waiting.filter((one) => one.collapseId === undefined && one.expiresAtMs > nowMs);
        return !online && plain.length >= maxStored;
      });
      if (full.length === 0) return [];
      const whom = nameHandles(full.map(({ handle }) => handle));
      return [`${maxStored} messages already wait for ${whom}: FCM drops them all.`];
    },
  },
];
