import * as z from 'zod';

/**
 * Returns the host.json for an app that exports OpenTelemetry itself: the host exports its own telemetry the same way, and
 * leaves the log lines of the app to the app ("Use OpenTelemetry with Azure Functions").
 */
export function openTelemetryHostJson(hostJson: string): string {
  const host = z.record(z.string(), z.unknown()).parse(JSON.parse(hostJson));
  return `${JSON.stringify({ ...host, telemetryMode: 'OpenTelemetry' }, undefined, 2)}\n`;
}
