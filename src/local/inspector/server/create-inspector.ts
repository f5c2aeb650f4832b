import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../../../shared/json.ts';
import type { Clock } from '../../../shared/time.ts';
import type { DeliveryObserver } from '../../functions-host/answer-request.ts';
import type { StartTimer } from '../../functions-host/timers.ts';
import { readBody } from '../../http-server.ts';
import type { InspectorState } from '../shared/inspector-state.ts';
import { createDeviceEditor } from './device-editor.ts';
import { createEventGrid, raiseScenario } from './event-grid.ts';
import { type InspectorAction, inspectorActions } from './inspector-actions.ts';
import { createJournal, type Journal } from './journal.ts';
import { observeDeliveries, observeHub } from './observers.ts';
import { isTrustedRequest, loadPageFiles, type PageFile, securityHeaders } from './page-server.ts';
import { createStateFeed, type InspectorParts, readState } from './state-feed.ts';
import { streamEvents } from './stream-events.ts';

/** The inspector of a local stack, to be put behind the hub emulator's server. */
export interface Inspector {
  readonly journal: Journal;
  /** For the hub emulator: answers what is the inspector's, and says whether it was. */
  readonly serve: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** For the Functions host. */
  readonly observe: DeliveryObserver;
  /** Tells it of the parts once they run: before that there is nothing to see and to do. */
  readonly connect: (parts: InspectorParts) => void;
  /** Calls off what is still to be delivered. */
  readonly stop: () => void;
}

/** What the inspector is made of, beside the parts it watches. */
export interface InspectorOptions {
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly newId: () => string;
  /** Time between two steps of a scenario, milliseconds. */
  readonly pauseMs: number;
  /** How long the local Event Grid waits before each redelivery, milliseconds. */
  readonly retryDelaysMs: readonly number[];
  /** How many journal entries are kept. */
  readonly capacity: number;
}

/** The most that an action may say. */
const maxBodyBytes = 16_384;

/** Creates the {@link Inspector}. It starts nothing by itself. */
export function createInspector(options: InspectorOptions): Inspector {
  const { clock } = options;
  const journal = createJournal(options.capacity, clock);
  const runId = options.newId().replaceAll('-', '');
  const ends: (() => void)[] = [];
  const offline = new Set<string>();
  let files: ReadonlyMap<string, PageFile> | undefined;
  let actions: Readonly<Record<string, InspectorAction>> = {};
  let read = (): Promise<InspectorState> => Promise.reject(new Error('The local stack is not ready yet.'));
  const state = createStateFeed(() => read());

  const connect = (parts: InspectorParts) => {
    const editor = createDeviceEditor(parts.hostUrl);
    const eventGrid = createEventGrid({ ...options, hostUrl: parts.hostUrl, journal });
    read = () => readState(parts, editor, offline);
    actions = inspectorActions({
      hub: parts.hub,
      editor,
      journal,
      offline,
      raise: (scenario, envelope) => {
        ends.push(raiseScenario({ ...options, eventGrid }, scenario, envelope));
      },
    });
    ends.push(
      eventGrid.stop,
      observeHub(parts.hub, journal),
      parts.hub.faults.subscribe(state.changed),
      parts.hub.phones.subscribe(state.changed),
      journal.subscribe(({ kind }) => {
        if (kind === 'answer') state.changed();
      }),
    );
    state.changed();
  };

  const post = async (name: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, maxBodyBytes);
    const parsed = parseJson(body?.toString() ?? '');
    const act = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (act === undefined) return send(response, 404, 'There is no such action.');
    if (parsed === undefined) return send(response, 400, 'The body is not JSON.');
    const { status, message = '' } = await act(parsed);
    state.changed();
    await state.settled();
    send(response, status, message);
  };

  return {
    journal,
    observe: observeDeliveries(journal),
    connect,
    stop: () => {
      for (const end of ends.splice(0)) end();
    },
    serve: (request, response) => {
      const [pathname = '/'] = (request.url ?? '/').split('?');
      if (pathname !== '/' && !pathname.startsWith('/inspector/')) return false;
      if (!isTrustedRequest(request)) {
        send(response, 403, 'The inspector answers only its own page on this machine.');
      } else if (request.method === 'POST') {
        const name = /^\/inspector\/api\/([a-z-]+)$/.exec(pathname)?.[1] ?? '';
        post(name, request, response).catch(() => response.destroy());
      } else if (pathname === '/inspector/api/stream') {
        streamEvents({ journal, state, runId, clock }, request, response);
      } else {
        files ??= loadPageFiles();
        const file = files.get(pathname);
        if (file === undefined) send(response, 404, 'There is nothing at this path.');
        else send(response, 200, file.text, file.contentType);
      }
      return true;
    },
  };
}

/** What of an inspector a local stack decides. */
type LocalInspectorOptions = Pick<InspectorOptions, 'clock' | 'startTimer'> & {
  /** Default 4,000. */
  readonly pauseMs?: number;
  /** Default: those of Event Grid. */
  readonly retryDelaysMs?: readonly number[];
};

/** Source: "Event Grid message delivery and retry" (10 seconds, 30 seconds, 1 minute, 5 minutes). */
const eventGridDelaysMs = [10_000, 30_000, 60_000, 300_000];

/** The inspector of `npm start`. */
export function createLocalInspector(options: LocalInspectorOptions): Inspector {
  const { clock, startTimer, pauseMs = 4000, retryDelaysMs = eventGridDelaysMs } = options;
  return createInspector({ clock, startTimer, newId: randomUUID, pauseMs, retryDelaysMs, capacity: 3000 });
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': contentType });
  response.end(text);
}
