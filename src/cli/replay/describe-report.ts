import type { Device } from '../../devices/device.ts';
import type { EventReport, PushReport } from '../../relay/event-report.ts';
import type { RequestLog } from './create-request-log.ts';
import type { ReplayedEvent, ReplayedPush } from './replayed.ts';

/**
 * What became of an event, with each push beside the request that was made for it.
 *
 * @param take - takes a request out of the log, the oldest one to a device handle
 */
export function describeReport(
  report: EventReport,
  devicesOf: (recipientId: string) => readonly Device[],
  take: RequestLog['take'],
): ReplayedEvent {
  const { type, id } = report.identity ?? {};
  const common = {
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
    end: report.end,
  };
  switch (report.end) {
    case 'pushed':
      return { ...common, pushes: report.pushes.map((push) => describePush(push, devicesOf, take)) };
    case 'poison':
      return { ...common, reason: report.error.code, detail: report.error.message, pushes: [] };
    case 'deferred':
    case 'skipped':
    case 'ignored':
      return { ...common, reason: report.reason, pushes: [] };
  }
}

function describePush(
  { recipientId, deviceId, kind, target, tries, outcome }: PushReport,
  devicesOf: (recipientId: string) => readonly Device[],
  take: RequestLog['take'],
): ReplayedPush {
  const device = devicesOf(recipientId).find((each) => each.deviceId === deviceId);
  const handle = target === 'voip' ? device?.voipHandle : device?.handle;
  const request = tries === 0 || handle === undefined ? undefined : take(handle);
  return {
    deviceId,
    kind,
    hub: target,
    outcome: outcome.kind,
    ...(request === undefined ? {} : { request }),
  };
}
