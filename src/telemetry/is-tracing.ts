import { ProxyTracerProvider, trace } from '@opentelemetry/api';
import { instrumentationName } from './instrumentation-name.ts';

/** True when somebody registered a tracer provider, by this copy of the OpenTelemetry API or by another. */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return true;
  return provider.getDelegateTracer(instrumentationName) !== undefined;
}
