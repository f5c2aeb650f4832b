import { type Command, InvalidArgumentError } from 'commander';
import type { NotificationKind } from '../../notifications/notification.ts';
import { appIoOfProcess, type CliContext } from '../io.ts';
import type { SendOptions } from './devices.ts';
import { runSend } from './send.ts';

/** Every kind that can be sent, and its effect in the app. */
export const notificationKinds: Readonly<Record<NotificationKind, string>> = {
  'incoming-call': 'rings for RING_SECONDS',
  'missed-call': 'shows a missed call',
  'call-answered': 'silent: stops the ring, answered elsewhere',
  'call-ended': 'silent: stops the ring, the call has ended',
  'chat-message': 'shows a message',
  'chat-message-edited': 'replaces the earlier message',
  'chat-message-deleted': 'silent: removes the message',
  'chat-added': 'shows that the user was added to a chat',
  'chat-removed': 'silent: a participant left a chat, or it was deleted',
  'chat-updated': 'silent: a chat has a new topic',
};

const kinds = Object.entries(notificationKinds)
  .map(([kind, what]) => `  ${kind.padEnd(22)}${what}\n`)
  .join('');

const afterHelp = `
Kinds:
${kinds}
Uses the app's settings: the environment, then "Values" of local.settings.json in this folder. Every send has its own ids,
so it replaces no real notification. --test takes the id of an earlier send: a call-ended then stops the ring of that test,
and an edit replaces its message.

Accepted means that the hub has queued the push, not that the phone has displayed it.

Exit codes: 0 all accepted (or a dry run), 1 some not accepted, 2 unusable input or settings.

Examples:
  acs-relay send --user 8:acs:clinic_ada --kind incoming-call --dry-run
  acs-relay send --user 8:acs:clinic_ada --device iphone-1 --kind chat-message --text "Hello"`;

/** Adds `acs-relay send`, which sends a test notification with the app's own settings, devices and hubs. */
export function sendCommand(program: Command, { io, end }: CliContext): void {
  program
    .command('send')
    .description('Sends a test notification to the devices of a user, or to one.')
    .requiredOption('--user <id>', 'the recipient: a rawId such as 8:acs:…')
    .requiredOption('--kind <kind>', 'the kind of notification, see below', notificationKind)
    .option('--device <id>', 'only this device of the user')
    .option('--handle <handle>', 'a device handle, registered or not, instead of the devices of the user')
    .option('--platform <platform>', 'with --handle: apns or fcmv1')
    .option('--voip', 'with --handle: it is a PushKit token')
    .option('--locale <tag>', 'with --handle: the language of the texts')
    .option('--caller-name <name>', 'name of the caller or sender')
    .option('--text <text>', 'text of the message')
    .option('--test <id>', 'refer to the call or message of an earlier send')
    .option('--wait <seconds>', 'retry for at most this long, 1 to 25', seconds, 10)
    .option('--dry-run', 'print the requests with masked secrets, and send nothing')
    .option('--json', 'print JSON lines')
    .option('--yes', 'send without asking')
    .addHelpText('after', afterHelp)
    .action(async (options: SendOptions) => end(await runSend(options, appIoOfProcess(io))));
}

function notificationKind(text: string): NotificationKind {
  if (isNotificationKind(text)) return text;
  throw new InvalidArgumentError(`Give one of ${Object.keys(notificationKinds).join(', ')}.`);
}

function isNotificationKind(text: string): text is NotificationKind {
  return Object.hasOwn(notificationKinds, text);
}

// An event that Event Grid delivers has 25 seconds as well.
function seconds(text: string): number {
  if (/^(?:[1-9]|1\d|2[0-5])$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give whole seconds from 1 to 25.');
}
