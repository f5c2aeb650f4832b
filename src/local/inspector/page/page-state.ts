import type { InspectorState } from '../shared/inspector-state.ts';
import type { JournalEntry } from '../shared/journal-record.ts';

/** What is looked at: an event, or one of its pushes. */
export interface Selection {
  readonly storyKey: string;
  readonly pushId?: string;
}

/** Tabs of the detail. */
export type DetailTab = 'request' | 'findings' | 'timeline' | 'event';

/** Panes of a narrow window, one at a time. */
export type Pane = 'try' | 'stream' | 'phone' | 'detail';

/** Everything the page is drawn from. */
export interface PageState {
  readonly entries: readonly JournalEntry[];
  readonly server?: InspectorState;
  readonly connection: 'connecting' | 'live' | 'lost';
  /** How much the server's clock is ahead of the browser's, milliseconds. */
  readonly skewMs: number;
  readonly selection?: Selection;
  /** The newest event is selected as it comes. */
  readonly follow: boolean;
  readonly filter: string;
  readonly tab: DetailTab;
  /** Device that is shown; the one of the selected push when absent. */
  readonly deviceId?: string;
  /** The phone right after the selected push, or as it is now. */
  readonly moment: 'then' | 'now';
  readonly pane: Pane;
  readonly envelope: 'eventgrid' | 'cloudevents';
}

/** The page before anything has arrived. */
export const initialState: PageState = {
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
