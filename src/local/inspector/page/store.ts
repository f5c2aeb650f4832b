import type { InspectorState } from '../shared/inspector-state.ts';
import type { JournalEntry } from '../shared/journal-record.ts';

export type DetailTab = 'request' | 'findings' | 'timeline' | 'event';

/** A narrow window shows one pane at a time. */
export type Pane = 'try' | 'stream' | 'phone' | 'detail';

/** Everything that the page renders. */
export interface PageState {
  readonly entries: readonly JournalEntry[];
  readonly server?: InspectorState;
  readonly connection: 'connecting' | 'live' | 'lost';
  /** How far the server's clock is ahead of the browser's, milliseconds. */
  readonly skewMs: number;
  readonly selection?: Selection;
  /** Each new event is selected when it arrives. */
  readonly follow: boolean;
  readonly filter: string;
  readonly tab: DetailTab;
  /** The shown device; that of the selected push when absent. */
  readonly deviceId?: string;
  /** The phone right after the selected push, or the current one. */
  readonly moment: 'then' | 'now';
  readonly pane: Pane;
  readonly envelope: 'eventgrid' | 'cloudevents';
}

/** An event, or one of its pushes. */
interface Selection {
  readonly storyKey: string;
  readonly pushId?: string;
}

export interface Store {
  readonly get: () => PageState;
  readonly set: (patch: Patch) => void;
  /** The time by the server's clock. */
  readonly now: () => number;
}

/** A field that is set to undefined is removed. */
type Patch = { readonly [Name in keyof PageState]?: PageState[Name] | undefined };

const initialState: PageState = {
  entries: [],
  connection: 'connecting',
  skewMs: 0,
  follow: true,
  filter: '',
  tab: 'timeline',
  moment: 'now',
  pane: 'stream',
  envelope: 'eventgrid',
};

/** A {@link Store} that calls `onChange` after each change. */
export function createStore(onChange: () => void): Store {
  let state = initialState;
  return {
    get: () => state,
    set: (patch) => {
      state = merge(state, patch);
      onChange();
    },
    now: () => Date.now() + state.skewMs,
  };
}

function merge(state: PageState, patch: Patch): PageState {
  const merged = { ...state, ...patch };
  const { connection, entries, skewMs, follow, filter, tab, moment, pane, envelope } = merged;
  const { server, selection, deviceId } = merged;
  return {
    connection: connection ?? state.connection,
    entries: entries ?? state.entries,
    skewMs: skewMs ?? state.skewMs,
    follow: follow ?? state.follow,
    filter: filter ?? state.filter,
    tab: tab ?? state.tab,
    moment: moment ?? state.moment,
    pane: pane ?? state.pane,
    envelope: envelope ?? state.envelope,
    ...(server === undefined ? {} : { server }),
    ...(selection === undefined ? {} : { selection }),
    ...(deviceId === undefined ? {} : { deviceId }),
  };
}
