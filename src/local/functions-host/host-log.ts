import type { Clock } from '../../shared/time.ts';
import type { PrintLine } from '../command-line.ts';

/** Levels as the worker protocol spells them. */
export type HostLogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** Writes one line of the host: who speaks (a function's name, or `host`), how loud, and what. */
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
 * Prints log lines as `09:00:01.250 info  relayCalls  text`. Line breaks in the text become spaces, so that one line
 * stays one line. `trace` and `debug` are left out, as Azure does by default.
 */
export function createHostLog(print: PrintLine, clock: Clock): HostLog {
  return (source, level, message) => {
    if (level === 'trace' || level === 'debug') return;
    const time = new Date(clock()).toISOString().slice(11, 23);
    const text = message.replaceAll(/\s*[\r\n]+\s*/g, ' ');
    print(`${time} ${shortNames[level].padEnd(5)} ${source}  ${text}`);
  };
}
