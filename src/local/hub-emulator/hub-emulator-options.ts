import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../shared/time.ts';
import type { PrintLine } from '../command-line.ts';
import type { HubFault } from './faults.ts';
import type { ReceivedPush } from './hub-record.ts';

/** A right of a shared access key. Source: "Notification Hubs security". */
export type HubRight = 'Listen' | 'Send' | 'Manage';

export interface HubKey {
  /** Used as UTF-8 text. */
  readonly key: string;
  readonly rights: readonly HubRight[];
}

export interface HubEmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Names of the existing hubs; any other name answers 404. */
  readonly hubs: readonly string[];
  /** Hubs whose APNs topic ends in `.voip`. Default: those whose name ends in `voip`. */
  readonly voipHubs?: readonly string[];
  /** Keys of the namespace by name, valid for every hub; a string is a key with all rights. */
  readonly keys: Readonly<Record<string, string | HubKey>>;
  /** Answers 400 to a push with an error finding. Default false: accepts the push and keeps the finding. */
  readonly strict?: boolean;
  readonly clock: Clock;
  /** Resolves after `delayMs`; used only for planned delays. */
  readonly wait: (delayMs: number) => Promise<void>;
  /** How many pushes, and how many requests, to keep. Default 1,000. */
  readonly capacity?: number;
  /** Receives one line per push; absent for none. */
  readonly print?: PrintLine;
  /** Returns the fault for a valid push, if any; takes precedence over the fault switch. */
  readonly respond?: (push: ReceivedPush) => HubFault | undefined;
  /**
   * Called with each unread request whose path does not start with a hub, so that a page and its API can share the port.
   * Returns true when it answers the request; false leaves the request to the hub and must not touch it.
   */
  readonly serve?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
}

/** Name of the key of the local hub emulator; also the default full-access rule of a real namespace. */
export const emulatorKeyName = 'DefaultFullSharedAccessSignature';

/** Public on purpose: it only opens an emulator on this machine. */
export const emulatorKey = 'local-hub-emulator-key';

/** Connection string of a local hub emulator. */
export function emulatorConnectionString(url: string): string {
  return `Endpoint=${url}/;SharedAccessKeyName=${emulatorKeyName};SharedAccessKey=${emulatorKey}`;
}
