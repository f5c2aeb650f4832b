/** Which schema events are delivered in. */
export type EnvelopeKind = 'eventgrid' | 'cloudevents';

/** An ACS event before it is put into an envelope. */
export interface AcsEvent {
  /** Without `Microsoft.Communication.`. */
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** How long ago it happened, milliseconds. Default 0. */
  readonly ageMs?: number;
}

/** What the making of a scenario may use, so that each run is new. */
export interface ScenarioSeed {
  readonly nowMs: number;
  readonly newId: () => string;
}

/** One delivery of a scenario. */
export interface ScenarioStep {
  readonly event: AcsEvent;
  /** How many pauses lie between the start of the scenario and this step. Default 0. */
  readonly pauses?: number;
  /** Delivers the very event of an earlier step again, named by its index. */
  readonly again?: number;
}

/** Something that can happen to the sample user, for a button. */
export interface Scenario {
  readonly id: string;
  readonly label: string;
  /** What to look for, in one sentence. */
  readonly hint: string;
  readonly group: 'call' | 'chat' | 'trouble';
  readonly steps: (seed: ScenarioSeed) => readonly ScenarioStep[];
}
