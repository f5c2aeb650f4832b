import { isRecord } from '../../../shared/json.ts';
import type { JudgedPush, Rule } from './rule.ts';

const sending = 'Apple: Sending notification requests to APNs';
const common = { judge: 'apns', severity: 'error', document: sending } as const;

const pushTypes = [
  'alert',
  'background',
  'complication',
  'controls',
  'fileprovider',
  'liveactivity',
  'location',
  'mdm',
  'pushtotalk',
  'voip',
  'widgets',
];

/** Push type and priority of an Apple push, and how they fit the hub and the payload. */
export const apnsTypeRules: readonly Rule<JudgedPush>[] = [
  {
    ...common,
    id: 'apns-push-type-missing',
    severity: 'warning',
    demand: '`apns-push-type` is present; without it Notification Hubs guesses one',
    check: (push) => (typeOf(push) === undefined ? ['The header apns-push-type is missing.'] : []),
  },
  {
    ...common,
    id: 'apns-push-type',
    demand: `\`apns-push-type\` is one of ${pushTypes.join(', ')}`,
    check: (push) => {
      const type = typeOf(push);
      return type === undefined || pushTypes.includes(type) ? [] : [`Unknown apns-push-type "${type}".`];
    },
  },
  {
    ...common,
    id: 'apns-voip-topic',
    demand: 'A `.voip` hub accepts only `voip`; no other hub accepts `voip`',
    check: (push) => {
      const voip = typeOf(push) === 'voip';
      if (voip === push.voipHub) return [];
      return voip
        ? ['apns-push-type voip needs a hub whose topic ends in .voip.']
        : [
            `A hub whose topic ends in .voip accepts only apns-push-type voip, not "${typeOf(push) ?? 'none'}".`,
          ];
    },
  },
  {
    ...common,
    id: 'apns-push-type-payload',
    demand:
      '`alert` has an alert, a badge or a sound; `background` has `content-available: 1` and none of these three',
    check: (push) => {
      if (typeOf(push) === 'alert' && !interrupts(push)) {
        return ['apns-push-type alert needs "alert", "badge" or "sound" in aps.'];
      }
      if (typeOf(push) !== 'background') return [];
      return [
        ...(wakes(push) ? [] : ['apns-push-type background needs "content-available": 1 in aps.']),
        ...(interrupts(push)
          ? ['apns-push-type background does not allow "alert", "badge" or "sound".']
          : []),
      ];
    },
  },
  {
    ...common,
    id: 'apns-priority',
    demand: '`apns-priority` is 10, 5 or 1',
    check: (push) =>
      ['10', '5', '1'].includes(priorityOf(push)) ? [] : [`Invalid apns-priority "${priorityOf(push)}".`],
  },
  {
    ...common,
    id: 'apns-priority-background',
    demand: '`background` has priority 5, set explicitly: the default is 10',
    check: (push) =>
      typeOf(push) === 'background' && priorityOf(push) !== '5'
        ? [`apns-push-type background needs apns-priority 5, not ${priorityOf(push)}.`]
        : [],
  },
  {
    ...common,
    id: 'apns-priority-content-available',
    document: 'Apple: Communicating with APNs',
    demand: 'A push with nothing but `content-available` does not have priority 10 (except `voip`)',
    check: (push) =>
      typeOf(push) !== 'background' &&
      typeOf(push) !== 'voip' &&
      priorityOf(push) === '10' &&
      wakes(push) &&
      !interrupts(push)
        ? ['apns-priority 10 is an error for a push that contains only "content-available".']
        : [],
  },
  {
    ...common,
    id: 'apns-priority-voip',
    severity: 'warning',
    demand: '`voip` has priority 10 (Apple names no other; the effect of 5 is not documented)',
    check: (push) =>
      typeOf(push) === 'voip' && priorityOf(push) !== '10'
        ? [`A ring with apns-priority ${priorityOf(push)} may be delayed to save power.`]
        : [],
  },
];

function typeOf({ headers }: JudgedPush) {
  return headers['apns-push-type'];
}

/** The default of APNs is 10. */
function priorityOf({ headers }: JudgedPush) {
  return headers['apns-priority'] ?? '10';
}

function apsOf({ payload }: JudgedPush) {
  return isRecord(payload) && isRecord(payload['aps']) ? payload['aps'] : {};
}

function interrupts(push: JudgedPush) {
  return ['alert', 'badge', 'sound'].some((key) => apsOf(push)[key] !== undefined);
}

function wakes(push: JudgedPush) {
  return apsOf(push)['content-available'] === 1;
}
