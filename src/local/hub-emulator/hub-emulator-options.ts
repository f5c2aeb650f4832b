import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../shared/time.ts';
import type { PrintLine } from '../command-line.ts';
import type { HubFault } from './faults.ts';
import type { ReceivedPush } from './hub-record.ts';

/** What a key of a namespace or hub may do. Source: "Notification Hubs security". */
export type HubRight = 'Listen' | 'Send' | 'Manage';

/** A shared access key that the emulator knows. */
export interface HubKey {
  /** Used as UTF-8 text. */
  readonly key: string;
  readonly rights: readonly HubRight[];
}

/** What the hub emulator needs. */
export interface HubEmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Names of the hubs that exist; every other one answers 404. */
  readonly hubs: readonly string[];
  /** Hubs whose APNs topic ends in `.voip`. Default: those whose name ends in `voip`. */
  readonly voipHubs?: readonly string[];
  /** Keys of the namespace by name, good for every hub; a text is a key with every right. */
  readonly keys: Readonly<Record<string, string | HubKey>>;
  /** Answers 400 to a push with a finding that is an error. Default false: it is taken, and the finding kept. */
  readonly strict?: boolean;
  readonly clock: Clock;
  /** Resolves after so many milliseconds; used for planned delays only. */
  readonly wait: (delayMs: number) => Promise<void>;
  /** How many pushes, and how many requests of all, to remember. Default 1,000. */
  readonly capacity?: number;
  /** Where one line for each push goes; leave it out for silence. */
  readonly print?: PrintLine;
  /** Decides for each good push whether the emulator misbehaves; goes before the fault switch. */
  readonly respond?: (push: ReceivedPush) => HubFault | undefined;
  /**
   * Gets each request whose path begins with no hub, unread, before the hub answers it: a page and its API can be served
   * on the same port. True means that it has been, or will be, answered; false must leave the request untouched.
   */
  readonly serve?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
}

/** Name of the key that the local hub emulator knows; also the default full-access rule of a real namespace. */
export const emulatorKeyName = 'DefaultFullSharedAccessSignature';

/** The key itself. Public on purpose: it opens nothing but an emulator on this machine. */
export const emulatorKey = 'local-hub-emulator-key';

/** Connection string of a local hub emulator. */
export function emulatorConnectionString(url: string): string {
  return `Endpoint=${url}/;SharedAccessKeyName=${emulatorKeyName};SharedAccessKey=${emulatorKey}`;
}
