import { createServer } from 'node:http';
import * as z from 'zod';
import { closeServer, listen, readBody } from '../../src/local/http-server.ts';

const anyValue = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ intValue: z.coerce.number() }).transform(({ intValue }) => intValue),
  z.object({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
  z.object({ doubleValue: z.number() }).transform(({ doubleValue }) => doubleValue),
  z.unknown().transform(() => 'something else'),
]);
const attributes = z
  .array(z.object({ key: z.string(), value: anyValue }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));
const scope = z.object({ name: z.string() });
const resource = z.object({ attributes });

const span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  kind: z.number(),
  attributes,
  links: z
    .array(z.object({ traceId: z.string(), spanId: z.string(), traceState: z.string().optional() }))
    .default([]),
  status: z.object({ code: z.number().default(0), message: z.string().optional() }).prefault({}),
});
const point = z.object({
  attributes,
  asInt: z.coerce.number().optional(),
  asDouble: z.number().optional(),
  count: z.coerce.number().optional(),
  sum: z.number().optional(),
  explicitBounds: z.array(z.number()).optional(),
});
const points = z.object({ dataPoints: z.array(point) }).optional();
const metric = z.object({ name: z.string(), unit: z.string().default(''), sum: points, histogram: points });
const logRecord = z.object({
  body: z.object({ stringValue: z.string() }),
  severityText: z.string().optional(),
  traceId: z.string().optional(),
  spanId: z.string().optional(),
});

const traces = z.object({
  resourceSpans: z.array(
    z.object({ resource, scopeSpans: z.array(z.object({ scope, spans: z.array(span) })) }),
  ),
});
const metrics = z.object({
  resourceMetrics: z.array(
    z.object({ resource, scopeMetrics: z.array(z.object({ scope, metrics: z.array(metric) })) }),
  ),
});
const logs = z.object({
  resourceLogs: z.array(
    z.object({ resource, scopeLogs: z.array(z.object({ scope, logRecords: z.array(logRecord) })) }),
  ),
});

/** One span as it was sent. */
export type SentSpan = z.infer<typeof span>;
/** One metric as it was sent. */
export type SentMetric = z.infer<typeof metric>;
/** One log record as it was sent. */
export type SentLog = z.infer<typeof logRecord>;

/** A collector for OTLP over HTTP in JSON, which keeps all it gets. */
export interface OtlpCollector {
  readonly url: string;
  readonly spans: readonly SentSpan[];
  readonly metrics: readonly SentMetric[];
  readonly logs: readonly SentLog[];
  /** Attributes of each resource that sent something. */
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** Every body as it came. */
  readonly bodies: readonly string[];
  readonly headers: readonly NodeJS.Dict<string | string[]>[];
  readonly stop: () => Promise<void>;
}

/** Starts an {@link OtlpCollector} on a free port. */
export async function startOtlpCollector(): Promise<OtlpCollector> {
  const got: {
    spans: SentSpan[];
    metrics: SentMetric[];
    logs: SentLog[];
    resources: Readonly<Record<string, unknown>>[];
    bodies: string[];
    headers: NodeJS.Dict<string | string[]>[];
  } = { spans: [], metrics: [], logs: [], resources: [], bodies: [], headers: [] };
  const take: Readonly<Record<string, (body: unknown) => void>> = {
    '/v1/traces': (body) => {
      for (const sent of traces.parse(body).resourceSpans) {
        got.resources.push(sent.resource.attributes);
        got.spans.push(...sent.scopeSpans.flatMap(({ spans }) => spans));
      }
    },
    '/v1/metrics': (body) => {
      for (const sent of metrics.parse(body).resourceMetrics) {
        got.resources.push(sent.resource.attributes);
        got.metrics.push(...sent.scopeMetrics.flatMap((one) => one.metrics));
      }
    },
    '/v1/logs': (body) => {
      for (const sent of logs.parse(body).resourceLogs) {
        got.resources.push(sent.resource.attributes);
        got.logs.push(...sent.scopeLogs.flatMap(({ logRecords }) => logRecords));
      }
    },
  };
  const server = createServer(async (request, response) => {
    try {
      const body = String(await readBody(request, 10_000_000));
      got.headers.push(request.headers);
      got.bodies.push(body);
      take[request.url ?? '']?.(JSON.parse(body));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  const port = await listen(server, { port: 0, setting: 'PORT', what: 'the collector' });
  return { ...got, url: `http://127.0.0.1:${port}`, stop: () => closeServer(server) };
}
