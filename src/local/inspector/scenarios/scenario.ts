/** The schema in which events are delivered. */
export type EnvelopeKind = 'eventgrid' | 'cloudevents';

/** An ACS event without its envelope. */
export interface AcsEvent {
  /** Without `Microsoft.Communication.`. */
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Age of the event at delivery, milliseconds. Default 0. */
  readonly ageMs?: number;
}

/** A sequence of events for the sample user, raised by one button. */
export interface Scenario {
  readonly id: string;
  readonly label: string;
  /** The expected result, in one sentence. */
  readonly hint: string;
  readonly group: 'call' | 'chat' | 'trouble';
  readonly steps: (seed: ScenarioSeed) => readonly ScenarioStep[];
}

/** Makes each run of a scenario new. */
interface ScenarioSeed {
  readonly nowMs: number;
  readonly newId: () => string;
}

/** One delivery of a scenario. */
interface ScenarioStep {
  readonly event: AcsEvent;
  /** Number of pauses between the start of the scenario and this step. Default 0. */
  readonly pauses?: number;
  /** Index of an earlier step whose event is delivered again. */
  readonly again?: number;
}

const resource =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.Communication/communicationServices/inspector';

/**
 * Puts an event into its envelope: the Event Grid schema or CloudEvents 1.0, as Event Grid delivers them.
 *
 * @param timeMs when the event happened, epoch milliseconds
 */
export function wrapEvent(event: AcsEvent, envelope: EnvelopeKind, id: string, timeMs: number): object {
  const { subject, data } = event;
  const type = `Microsoft.Communication.${event.type}`;
  const time = new Date(timeMs).toISOString();
  return envelope === 'cloudevents'
    ? { id, source: resource, subject, data, type, specversion: '1.0', time }
    : {
        id,
        topic: resource,
        subject,
        data,
        eventType: type,
        dataVersion: '1.0',
        metadataVersion: '1',
        eventTime: time,
      };
}
