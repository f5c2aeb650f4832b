import type { Clock } from '../../config/clock.ts';
import type { PrintLine } from '../print-line.ts';
import type { HubFault } from './hub-fault.ts';
import type { ReceivedPush } from './received-push.ts';

/** What the hub emulator needs. */
export interface HubEmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Names of the hubs that exist; every other one answers 404. */
  readonly hubs: readonly string[];
  /** Keys of the namespace by name; each may send to every hub. */
  readonly keys: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** Resolves after so many milliseconds; used for planned delays only. */
  readonly wait: (delayMs: number) => Promise<void>;
  /** How many pushes to remember. Default 1,000. */
  readonly capacity?: number;
  /** Where one line for each push goes; leave it out for silence. */
  readonly print?: PrintLine;
  /** Decides for each good push whether the emulator misbehaves. */
  readonly respond?: (push: ReceivedPush) => HubFault | undefined;
}
