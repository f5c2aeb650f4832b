import * as z from 'zod';
import type { EnvelopeKind, Scenario } from '../scenarios/scenario.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { type DeviceEditor, deviceChange, findHandles } from './device-editor.ts';
import type { Journal } from './journal.ts';
import type { InspectorParts } from './state-feed.ts';

interface ActionDeps {
  readonly hub: InspectorParts['hub'];
  readonly editor: DeviceEditor;
  readonly journal: Journal;
  /** Handles that are switched off: the hub knows a phone only after its first push. */
  readonly offline: Set<string>;
  readonly raise: (scenario: Scenario, envelope: EnvelopeKind) => void;
}

/** 204 when the action is done, or else a sentence for the user. */
interface ActionAnswer {
  readonly status: number;
  readonly message?: string;
}

/** Handles the body of a POST. */
export type InspectorAction = (body: unknown) => ActionAnswer | Promise<ActionAnswer>;

const raiseBody = z.strictObject({ scenario: z.string(), envelope: z.enum(['eventgrid', 'cloudevents']) });
const faultBody = z.strictObject({
  kind: z.enum(['none', 'throttle', 'unavailable', 'timeout', 'wrong-key', 'lost-answer']),
  pushes: z.union([z.literal('all'), z.int().min(1).max(1000)]),
});
const phoneBody = z.strictObject({ deviceId: z.string(), online: z.boolean() });
const removalBody = z.strictObject({ deviceId: z.string().min(1).max(128) });

const done: ActionAnswer = { status: 204 };

/** All actions of the page by their name in the path. */
export function inspectorActions(deps: ActionDeps): Readonly<Record<string, InspectorAction>> {
  const { hub, editor, journal, offline } = deps;
  return {
    raise: action(raiseBody, ({ scenario, envelope }) => {
      const found = scenarios.find(({ id }) => id === scenario);
      if (found === undefined) return { status: 404, message: `Unknown scenario "${scenario}".` };
      deps.raise(found, envelope);
      return done;
    }),
    fault: action(faultBody, ({ kind, pushes }) => {
      hub.faults.set(kind === 'none' ? undefined : { kind, pushes });
      return done;
    }),
    phone: action(phoneBody, async ({ deviceId, online }) => {
      const device = (await editor.list()).find((known) => known.deviceId === deviceId);
      if (device === undefined) return { status: 404, message: `Unknown device "${deviceId}".` };
      const seen = hub.phones.list().map(({ handle }) => handle);
      for (const handle of Object.values(findHandles(device, seen))) {
        if (online) offline.delete(handle);
        else offline.add(handle);
        hub.phones.setOnline(handle, online);
      }
      return done;
    }),
    device: action(deviceChange, async (change) => toAnswer(await editor.put(change))),
    'device-removal': action(removalBody, async ({ deviceId }) => toAnswer(await editor.remove(deviceId))),
    clear: action(z.strictObject({}), () => {
      journal.clear();
      return done;
    }),
  };
}

function action<Body>(
  schema: z.ZodType<Body>,
  act: (body: Body) => ActionAnswer | Promise<ActionAnswer>,
): InspectorAction {
  return (body) => {
    const parsed = schema.safeParse(body);
    return parsed.success ? act(parsed.data) : { status: 400, message: z.prettifyError(parsed.error) };
  };
}

/** The device API reports problems in its body. */
function toAnswer({ status, body }: { readonly status: number; readonly body: string }): ActionAnswer {
  return status < 300 ? done : { status, message: body };
}
