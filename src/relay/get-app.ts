import type { LogSink } from '../telemetry/context-logger.ts';
import type { App } from './app.ts';
import { composeApp } from './compose-app.ts';

let app: Promise<App> | undefined;

/**
 * The app of this process, composed at the first call. Wrong settings fail every call with the same error, so that each
 * event comes back until they are mended.
 *
 * @param sink where slips in the settings are told, once
 * @throws RelayError `CONFIG_INVALID`
 */
export function getApp(sink: Pick<LogSink, 'warn'>): Promise<App> {
  app ??= composeApp(process.env).then((composed) => {
    for (const warning of composed.warnings) sink.warn(warning);
    return composed;
  });
  return app;
}
