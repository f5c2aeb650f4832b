import { RelayError } from '../errors/errors.ts';
import type { LogSink } from '../telemetry/logger.ts';
import type { App } from './app.ts';
import { composeApp } from './compose-app.ts';

let app: Promise<App> | undefined;

/**
 * The app of this process, composed at the first call. Wrong settings fail every call with the same error, so that each
 * event comes back until they are mended. Whatever else goes wrong may pass: then the next call composes the app anew.
 *
 * @param sink where it is told, once, what is wrong with the settings or looks like a slip
 * @throws RelayError `CONFIG_INVALID` or `HUB_TRANSPORT_NOT_INSTALLED`
 */
export function getApp(sink: Pick<LogSink, 'warn' | 'error'>): Promise<App> {
  app ??= composeApp(process.env).then(
    (composed) => {
      for (const warning of composed.warnings) sink.warn(warning);
      return composed;
    },
    (error: unknown) => {
      if (error instanceof RelayError) sink.error(error.message);
      if (!(error instanceof RelayError && error.code === 'CONFIG_INVALID')) app = undefined;
      throw error;
    },
  );
  return app;
}
