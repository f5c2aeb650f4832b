import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { RegisteredFunction } from './core-api.ts';
import { compileRoute, type RouteTemplate } from './route-template.ts';
import { findTrigger, type RpcBinding } from './rpc.ts';

/** Finds the HTTP function of a request; undefined means 404. */
export type HttpRoutes = (method: string, path: string) => HttpRouteMatch | undefined;

/** An HTTP function, the name of its trigger binding, and the parameters of the path. */
interface HttpRouteMatch {
  readonly registered: RegisteredFunction;
  readonly bindingName: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const schema = z.object({
  extensions: z.object({ http: z.object({ routePrefix: z.string().optional() }).optional() }).optional(),
});

/** The route prefix of an app: `extensions.http.routePrefix` of its host.json, else `api`. */
export function readRoutePrefix(appRoot: string): string {
  const path = join(appRoot, 'host.json');
  if (!existsSync(path)) return 'api';
  return schema.parse(JSON.parse(readFileSync(path, 'utf8'))).extensions?.http?.routePrefix ?? 'api';
}

interface HttpRoute {
  readonly registered: RegisteredFunction;
  readonly bindingName: string;
  readonly methods: readonly string[];
  readonly template: RouteTemplate;
}

/**
 * Builds the routes of an app below `routePrefix`. A known path with the wrong method matches nothing: the Functions host
 * answers 404, not 405 (azure-functions-host issue 10098).
 */
export function createHttpRoutes(functions: readonly RegisteredFunction[], routePrefix: string): HttpRoutes {
  const routes = functions
    .flatMap((registered): readonly HttpRoute[] => {
      const trigger = findTrigger(registered.metadata);
      if (trigger?.binding.type.toLowerCase() !== 'httptrigger') return [];
      return [createRoute(registered, trigger.name, trigger.binding, routePrefix)];
    })
    .toSorted((a, b) => (a.template.precedence < b.template.precedence ? -1 : 1));
  return (method, path) => {
    for (const { registered, bindingName, methods, template } of routes) {
      if (!methods.includes(method)) continue;
      const parameters = template.match(path);
      if (parameters !== undefined) return { registered, bindingName, parameters };
    }
    return undefined;
  };
}

const bindingSchema = z.object({
  route: z.string().optional(),
  methods: z.array(z.string()).optional(),
});

function createRoute(
  registered: RegisteredFunction,
  bindingName: string,
  binding: RpcBinding,
  routePrefix: string,
): HttpRoute {
  const { route = registered.metadata.name, methods = ['GET', 'POST'] } = bindingSchema.parse(binding);
  return {
    registered,
    bindingName,
    methods: methods.map((method) => method.toUpperCase()),
    template: compileRoute(`${routePrefix}/${route}`),
  };
}
