import type { Clock } from '../../shared/time.ts';
import type { PrintLine } from '../command-line.ts';

/** Level names of the worker protocol. */
export type HostLogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** Writes one line of a source: a function's name, or `host`. */
export type HostLog = (source: string, level: HostLogLevel, message: string) => void;

const shortNames: Readonly<Record<HostLogLevel, string>> = {
  trace: 'trace',
  debug: 'debug',
  information: 'info',
  warning: 'warn',
  error: 'error',
  critical: 'error',
  none: 'info',
};

/**
 * Prints log lines as `09:00:01.250 info  relayCalls  text`, with line breaks replaced by spaces. `trace` and `debug` are
 * dropped, which is the default of Azure.
 */
export function createHostLog(print: PrintLine, clock: Clock): HostLog {
  return (source, level, message) => {
    if (level === 'trace' || level === 'debug') return;
    const time = new Date(clock()).toISOString().slice(11, 23);
    const text = message.replaceAll(/\s*[\r\n]+\s*/g, ' ');
    print(`${time} ${shortNames[level].padEnd(5)} ${source}  ${text}`);
  };
}
