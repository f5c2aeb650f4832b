/** Severity of a log line. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Values a log line may carry: plain facts, never objects that could hide a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one structured line: a level, a stable event name in kebab-case, and flat fields. */
export type Logger = (level: LogLevel, event: string, fields?: LogFields) => void;
