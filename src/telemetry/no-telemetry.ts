import { noMetrics } from './no-metrics.ts';
import { noTrace } from './no-trace.ts';
import type { Telemetry } from './telemetry.ts';

/** Telemetry for those who read none, such as a replay. */
export const noTelemetry: Telemetry = { trace: (_step, _linkOf, work) => work(noTrace), metrics: noMetrics };
