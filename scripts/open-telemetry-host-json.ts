import * as z from 'zod';

/**
 * The host.json for the app that exports by OpenTelemetry itself: the host does as well, and leaves the lines of the app
 * to the app ("Use OpenTelemetry with Azure Functions").
 */
export function openTelemetryHostJson(hostJson: string): string {
  const host = z.record(z.string(), z.unknown()).parse(JSON.parse(hostJson));
  return `${JSON.stringify({ ...host, telemetryMode: 'OpenTelemetry' }, undefined, 2)}\n`;
}
