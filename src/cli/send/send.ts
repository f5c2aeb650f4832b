import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openHub, startTimer } from '../../app/compose-app.ts';
import {
  createHubTransports,
  type HubTransports,
} from '../../notification-hubs/transports/hub-transports.ts';
import { type AppIo, type ExitCode, exitCode, inputUnusable, withApp } from '../io.ts';
import { counted, jsonText } from '../terminal.ts';
import { chooseDevices, type SendOptions, type TestDevice } from './devices.ts';
import { createRequestRecorder, maskRequest, requestText } from './dry-run.ts';
import { sentText, sentView } from './outcome.ts';
import { type SentTest, sendTest, testNotification } from './test-notification.ts';

const queued =
  'If a phone shows nothing within a minute, check the errors in the metrics of the hub: it responds before it contacts APNs or FCM.\n';

/**
 * `acs-relay send`: a test notification to the devices of a user, or to one.
 *
 * @returns 0 when the hub accepted every push, and for a dry run; otherwise 1, also when the user declines
 * @throws RelayError `CONFIG_INVALID`, `INPUT_UNUSABLE`, `HUB_TRANSPORT_NOT_INSTALLED` or `STORAGE_UNAVAILABLE`
 */
export async function runSend(options: SendOptions, io: AppIo): Promise<ExitCode> {
  checkTexts(options);
  return withApp(io, async (app) => {
    if (options.voip === true && app.config.voipHub === undefined) {
      throw inputUnusable('No VoIP hub is configured. Set NOTIFICATION_HUB_VOIP_NAME, or omit --voip.');
    }
    const devices = await chooseDevices(options, app.devices);
    if (options.dryRun) return showRequests(app, devices, options, io);
    if (!(options.yes || (await isWanted(devices, options, io)))) {
      io.out('Nothing was sent.\n');
      return exitCode.different;
    }
    return sendAndReport(app, devices, options, io);
  });
}

function checkTexts({ kind, text, test }: SendOptions): void {
  if (text !== undefined && kind !== 'chat-message' && kind !== 'chat-message-edited') {
    throw inputUnusable('--text is only valid with --kind chat-message or chat-message-edited.');
  }
  if (test !== undefined && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(test)) {
    throw inputUnusable('--test must be the id that an earlier send printed, such as 7d1c0d1e-….');
  }
}

async function showRequests(
  app: App,
  devices: readonly TestDevice[],
  options: SendOptions,
  io: AppIo,
): Promise<ExitCode> {
  const recorder = createRequestRecorder();
  await sendAll(app, recorder, devices, options, randomUUID());
  const requests = recorder.requests.map(maskRequest);
  if (options.json) {
    io.out(requests.map((request) => `${jsonText(request)}\n`).join(''));
    return exitCode.same;
  }
  io.out(`${requests.map(requestText).join('\n')}\nDry run, nothing was sent.\n`);
  return exitCode.same;
}

async function sendAll(
  app: App,
  transports: Pick<HubTransports, 'open'>,
  devices: readonly TestDevice[],
  options: SendOptions,
  eventId: string,
): Promise<readonly SentTest[]> {
  const { config, clock } = app;
  const { ringMs, chatTtlMs, chatContent, defaultLocale } = config;
  const nowMs = clock();
  const context = {
    clock,
    sleep: (ms: number) => sleep(ms),
    startTimer,
    random: Math.random,
    defaultLocale,
    alertHub: await openHub(config.alertHub, transports, clock),
    ...(config.voipHub === undefined ? {} : { voipHub: await openHub(config.voipHub, transports, clock) }),
    budgetEndsMs: nowMs + options.wait * 1000,
  };
  return Promise.all(
    devices.map((device) => {
      const notification = testNotification(
        {
          kind: options.kind,
          recipientId: device.recipientId,
          testId: options.test ?? eventId,
          eventId,
          nowMs,
          name: options.callerName ?? 'acs-relay test',
          text: options.text ?? 'This is a test message.',
        },
        { ringMs, chatTtlMs, chatContent },
      );
      return sendTest(context, notification, device);
    }),
  );
}

async function isWanted(devices: readonly TestDevice[], { kind }: SendOptions, io: AppIo): Promise<boolean> {
  if (io.ask === undefined) {
    throw inputUnusable(
      'Cannot ask for confirmation without a terminal. Review the requests with --dry-run, then add --yes to send them.',
    );
  }
  return io.ask(`Send ${kind} to ${counted(devices.length, 'device')}? (y/N) `);
}

async function sendAndReport(
  app: App,
  devices: readonly TestDevice[],
  options: SendOptions,
  io: AppIo,
): Promise<ExitCode> {
  const transports = createHubTransports(app.config.hubTransport);
  const test = options.test ?? randomUUID();
  try {
    const sent = await sendAll(app, transports, devices, { ...options, test }, randomUUID());
    const views = sent.map(sentView);
    const accepted = views.filter(({ outcome }) => outcome.kind === 'accepted').length;
    const all = accepted === views.length;
    if (options.json) {
      io.out(views.map((view) => `${jsonText({ test, kind: options.kind, ...view })}\n`).join(''));
    } else {
      const total = `${options.kind}, test ${test}: the hub accepted ${accepted} of ${counted(views.length, 'push', 'pushes')}.`;
      io.out(`${views.map(sentText).join('\n')}\n${total}\n${all ? queued : ''}`);
    }
    return all ? exitCode.same : exitCode.different;
  } finally {
    await transports.close();
  }
}
