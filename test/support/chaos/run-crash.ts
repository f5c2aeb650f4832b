import type { Device } from '../../../src/devices/device.ts';
import type { Case } from './case.ts';
import type { Conditions } from './conditions.ts';
import { createLife } from './life.ts';
import { makeCase } from './make-case.ts';
import type { Truth } from './truth.ts';
import { createWorld } from './world.ts';

/** A story in which one event's invocation dies. */
export interface CrashStory {
  readonly devices: readonly Device[];
  readonly conditions: () => Conditions;
  /** How long after the event the first delivery comes. */
  readonly delayMs: number;
  /** How long after its first delivery begins Event Grid comes a second time; undefined: it waits for the answer. */
  readonly doubleAfterMs: number | undefined;
  /** Events that are delivered before it, in good health. */
  readonly before: readonly Truth[];
  readonly event: Truth;
  /** Events that come between its death and its redelivery, in good health. */
  readonly between: readonly Truth[];
}

/** What was left after a story. */
export interface CrashEnd extends Case {
  /** The steps each invocation of the event took. */
  readonly steps: readonly (readonly string[])[];
  readonly isAcknowledged: boolean;
}

// When Event Grid comes back, counted from the answer or from the broken connection.
const pausesMs = [10_000, 30_000, 60_000, 300_000];

/**
 * Runs a story. The first invocation of its event dies at step `endsAt[0]`, the second at `endsAt[1]`, and so on; those
 * for which no number is given live. Event Grid comes back until one is acknowledged, and then once more, because it may.
 */
export async function runCrash(story: CrashStory, endsAt: readonly number[]): Promise<CrashEnd> {
  const { devices, event, before, between } = story;
  const startMs = event.timeMs + story.delayMs;
  const world = createWorld({ startMs, devices, conditions: story.conditions(), secondary: false });
  const steps: (readonly string[])[] = [];
  let isAcknowledged = false;

  const invoke = async (endsAtStep?: number): Promise<void> => {
    const life = createLife(endsAtStep);
    const isAnswered = await world.invoke([event], life);
    isAcknowledged ||= isAnswered;
    steps.push(life.steps);
  };
  const tell = async (): Promise<void> => {
    for (const truth of before) await world.invoke([truth], createLife());
    const first = invoke(endsAt[0]);
    if (story.doubleAfterMs !== undefined) {
      await world.time.sleep(story.doubleAfterMs);
      const isAnswered = await world.invoke([event], createLife());
      isAcknowledged ||= isAnswered;
    }
    await first;
    await world.time.sleep(1_000);
    for (const truth of between) await world.invoke([truth], createLife());
    for (const [index, pauseMs] of pausesMs.entries()) {
      if (isAcknowledged) break;
      await world.time.sleep(index === 0 ? pauseMs - 1_000 : pauseMs);
      await invoke(endsAt[index + 1]);
    }
    // A doubled delivery is not repeated: Event Grid waits for one response only.
    if (story.doubleAfterMs !== undefined) return;
    await world.time.sleep(20_000);
    await world.invoke([event], createLife());
  };
  void tell();
  await world.time.run();
  const truths = [...before, event, ...between];
  return { ...makeCase({ world, devices, truths, fates: new Map() }), steps, isAcknowledged };
}
