import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const schema = z.object({
  extensions: z.object({ http: z.object({ routePrefix: z.string().optional() }).optional() }).optional(),
});

/** The route prefix of an app: `extensions.http.routePrefix` of its host.json, else `api`. */
export function readRoutePrefix(appRoot: string): string {
  const path = join(appRoot, 'host.json');
  if (!existsSync(path)) return 'api';
  return schema.parse(JSON.parse(readFileSync(path, 'utf8'))).extensions?.http?.routePrefix ?? 'api';
}
