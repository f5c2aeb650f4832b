import type { Device } from '../../devices/device.ts';
import type { PushOutcome } from '../../notification-hubs/push-outcome.ts';
import type { HubRequest } from '../../notification-hubs/request.ts';
import type { HubTransport } from '../../notification-hubs/transports/hub-transport.ts';
import type { NotificationKind } from '../../notifications/notification.ts';
import type { HubTarget } from '../../notifications/push.ts';
import type { EventReport, PushReport } from '../../relay/event-report.ts';

export interface ReplayedPush {
  readonly deviceId: string;
  readonly kind: NotificationKind;
  readonly hub: HubTarget;
  readonly outcome: PushOutcome['kind'];
  /** Absent when the push had expired and was never sent. */
  readonly request?: ReplayedRequest;
}

/** What the hub would have received, without the signature, which differs on every run. */
interface ReplayedRequest {
  readonly url: string;
  /** All headers but `authorization`, sorted by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Length of the body in UTF-8, bytes. */
  readonly bodyBytes: number;
  /** The body, parsed. */
  readonly body: unknown;
}

/** What golden files hold for each event: the same on every run. */
export interface ReplayedEvent {
  readonly type?: string;
  readonly id?: string;
  readonly end: 'pushed' | 'deferred' | 'skipped' | 'ignored' | 'poison';
  /** Why there are no pushes; for poison, the code of the error. */
  readonly reason?: string;
  /** The error message of a poison event. */
  readonly detail?: string;
  readonly pushes: readonly ReplayedPush[];
}

export interface Replayed {
  readonly name: string;
  readonly events: readonly ReplayedEvent[];
}

/** Stands in for the network: nothing leaves the machine. */
interface RequestLog {
  /** Responds with 201 to every request, like a hub that accepts the push. */
  readonly transport: HubTransport;
  /** Removes and returns the oldest request to this device handle. */
  readonly take: (deviceHandle: string) => ReplayedRequest | undefined;
}

/** @param origin address of the namespace, without a trailing slash */
export function createRequestLog(origin: string): RequestLog {
  const waiting: HubRequest[] = [];
  return {
    transport: {
      post: async (request) => {
        waiting.push(request);
        return { kind: 'response', status: 201, headers: {}, body: '' };
      },
      close: async () => {},
    },
    take: (deviceHandle) => {
      const index = waiting.findIndex(
        ({ headers }) => headers['servicebusnotification-devicehandle'] === deviceHandle,
      );
      const [request] = index === -1 ? [] : waiting.splice(index, 1);
      return request === undefined ? undefined : describe(origin, request);
    },
  };
}

/**
 * Turns the report of the relay into what golden files hold and the command prints.
 *
 * @param take removes and returns the oldest request to a device handle
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
    end: report.kind,
  };
  switch (report.kind) {
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

function describe(origin: string, { path, headers, body }: HubRequest): ReplayedRequest {
  const shown = Object.entries(headers)
    .filter(([name]) => name !== 'authorization')
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    url: `${origin}${path}`,
    headers: Object.fromEntries(shown),
    bodyBytes: Buffer.byteLength(body),
    body: JSON.parse(body),
  };
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
