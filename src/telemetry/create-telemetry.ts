import { context, trace } from '@opentelemetry/api';
import { createRelayMetrics } from './create-relay-metrics.ts';
import { instrumentationName } from './instrumentation-name.ts';
import { isTracing } from './is-tracing.ts';
import { noTrace } from './no-trace.ts';
import { createReference } from './reference.ts';
import { runStep } from './run-step.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Telemetry by the OpenTelemetry API: whatever providers the process has registered get it. Without a tracer provider no
 * span, link or attribute is made; without a meter provider at this moment nothing is counted.
 *
 * @param key any secret that all instances share, for references
 */
export function createTelemetry(key: string): Telemetry {
  return {
    trace: (step, linkOf, work) => {
      if (!isTracing()) return work(noTrace);
      const link = linkOf();
      const links = link === undefined ? [] : [link];
      return runStep(trace.getTracer(instrumentationName), context.active(), step, work, links);
    },
    metrics: createRelayMetrics(),
    reference: createReference(key),
  };
}
