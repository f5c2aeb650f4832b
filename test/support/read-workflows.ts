import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  shell: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  'working-directory': z.string().optional(),
});
const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const job = z.strictObject({
  name: z.string().optional(),
  'runs-on': z.literal('ubuntu-latest'),
  'timeout-minutes': z.number(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean(), matrix: z.record(z.string(), z.array(z.number())) })
    .optional(),
  permissions: permissions.optional(),
  steps: z.array(step),
});
const input = z.strictObject({
  description: z.string(),
  type: z.string(),
  required: z.boolean().optional(),
  default: z.string().optional(),
});
const schema = z.strictObject({
  name: z.string(),
  on: z.looseObject({
    workflow_call: z.strictObject({ inputs: z.record(z.string(), input) }).optional(),
  }),
  permissions,
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }).optional(),
  jobs: z.record(z.string(), job),
});

/** One GitHub Actions workflow. */
export interface Workflow extends z.infer<typeof schema> {
  /** Name of its file, such as `ci.yml`. */
  readonly file: string;
  readonly text: string;
}

/** One step of a workflow. */
export type WorkflowStep = z.infer<typeof step>;

const folder = join(import.meta.dirname, '../../.github/workflows');

/** Reads every workflow. One with a key that is not known here is refused. */
export function readWorkflows(): readonly Workflow[] {
  return globSync('*.yml', { cwd: folder })
    .sort()
    .map((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      return { ...schema.parse(parse(text)), file: basename(path), text };
    });
}
