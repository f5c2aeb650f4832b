import { RelayError } from '../errors/errors.ts';

/** Severity of a log line. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Values a log line may carry: plain values, never objects that could hide a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one structured line: a level, a stable event name in kebab-case, and flat fields. */
export type Logger = (level: LogLevel, event: string, fields?: LogFields) => void;

/** The part of an invocation context that takes log lines. */
export interface LogSink {
  readonly debug: (line: string) => void;
  readonly info: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly error: (line: string) => void;
}

/** A {@link Logger} that writes each line as one JSON object, which Application Insights can query by field. */
export function createContextLogger(sink: LogSink): Logger {
  return (level, event, fields = {}) => {
    sink[level](JSON.stringify({ event, ...fields }));
  };
}

/** The code of a `RelayError`, or `INTERNAL` for any other exception, whose text may hold anything. */
export function failureCode(error: unknown): string {
  return error instanceof RelayError ? error.code : 'INTERNAL';
}
