import * as z from 'zod';
import type { AppRuntime } from './app-runtime.ts';
import { findTrigger } from './find-trigger.ts';
import { parseNcrontab } from './ncrontab.ts';
import type { Timer } from './timers.ts';

const bindingSchema = z.object({ schedule: z.string() });

/** The timers of an app. A schedule of the form `%NAME%` is taken from `settings`, as Azure does. */
export function createTimers(
  runtime: AppRuntime,
  settings: Readonly<Record<string, string | undefined>>,
): readonly Timer[] {
  return runtime.functions.flatMap((registered): readonly Timer[] => {
    const trigger = findTrigger(registered.metadata);
    if (trigger?.binding.type.toLowerCase() !== 'timertrigger') return [];
    const { schedule } = bindingSchema.parse(trigger.binding);
    const resolved = schedule.replaceAll(/%([^%]+)%/g, (whole, name: string) => settings[name] ?? whole);
    return [
      {
        next: parseNcrontab(resolved),
        run: async (data) => {
          const inputData = [{ name: trigger.name, data }];
          // A failure is in the log already, and the schedule goes on.
          await runtime
            .invoke(registered, { inputData, triggerMetadata: {}, traceContext: {} })
            .catch(() => undefined);
        },
      },
    ];
  });
}
