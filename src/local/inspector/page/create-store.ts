import { initialState, type PageState } from './page-state.ts';

/** Changes of the page's state; a field set to undefined is taken out. */
export type Patch = { readonly [Name in keyof PageState]?: PageState[Name] | undefined };

/** Holds the page's state. */
export interface Store {
  readonly get: () => PageState;
  readonly set: (patch: Patch) => void;
  /** The time by the server's clock. */
  readonly now: () => number;
}

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
