import { context, trace } from '@opentelemetry/api';
import { createRelayMetrics } from './create-relay-metrics.ts';
import { instrumentationName } from './instrumentation-name.ts';
import { createReference } from './reference.ts';
import { runStep } from './run-step.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Telemetry by the OpenTelemetry API: whatever providers the process has registered get it. Without a tracer provider no
 * span and no attribute is made; without a meter provider at this moment nothing is counted.
 *
 * @param key any secret that all instances share, for references
 */
export function createTelemetry(key: string): Telemetry {
  const tracer = trace.getTracer(instrumentationName);
  return {
    trace: (step, linkOf, work) => runStep(tracer, context.active(), step, work, linkOf),
    metrics: createRelayMetrics(),
    reference: createReference(key),
  };
}
