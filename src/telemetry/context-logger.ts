import type { Logger } from './logger.ts';

/** The part of an invocation context that log lines go to. */
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
