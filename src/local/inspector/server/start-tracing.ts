import { trace } from '@opentelemetry/api';
import { AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import type { Journal } from './create-journal.ts';
import { createSpanJournal } from './span-journal.ts';

/**
 * Makes the spans of the app, which runs in this process, go into the journal: the tracer provider of the process is set,
 * as an OpenTelemetry distribution would do it. Must come before the app is loaded. Gives back how to end it.
 */
export function startTracing(journal: Journal): () => Promise<void> {
  const provider = new BasicTracerProvider({
    // Whatever a `traceparent` says: here every span is to be seen.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [createSpanJournal(journal)],
  });
  trace.setGlobalTracerProvider(provider);
  return async () => {
    trace.disable();
    await provider.shutdown();
  };
}
