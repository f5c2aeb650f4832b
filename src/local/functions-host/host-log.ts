/** Levels as the worker protocol spells them. */
export type HostLogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** Writes one line of the host: who speaks (a function's name, or `host`), how loud, and what. */
export type HostLog = (source: string, level: HostLogLevel, message: string) => void;
